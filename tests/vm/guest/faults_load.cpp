// SPDX-License-Identifier: GPL-2.0-or-later
// Memory runs out while the module is loaded: it is not, and leaves nothing.
#include "support/classic.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/faults.hpp"
#include "support/figures.hpp"
#include "support/module.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <cerrno>

using namespace guest;

namespace
{

// Small, so that most of what can fail is not a page of the ring.
constexpr const char* small_ring = "ring_records=64 max_tasks=32";
// The module refuses these first of all, when the kernel has done its part.
constexpr const char* refused = "ring_records=64 max_tasks=33";

void check_nothing_is_left()
{
    CHECK(access("/proc/mp3", F_OK) != 0);
    CHECK(access("/sys/class/mp3", F_OK) != 0);
    CHECK(access("/sys/module/mp3", F_OK) != 0);
    CHECK(read_text("/proc/devices").find("mp3_chrdev") == std::string::npos);
    CHECK(eventually([] { return access(device_path, F_OK) != 0; }));
}

// After a load that met a fault. Some faults do not matter.
void check_loaded_or_not(int error)
{
    CAPTURE(error);
    CHECK((error == 0 || error == ENOMEM));
    if (error == 0) {
        REQUIRE(registered().empty());
        REQUIRE(remove_module() == 0);
    }
    check_nothing_is_left();
}

bool load_meets(unsigned n, const std::string& file, const char* parameters)
{
    const bool met = with_fault(n, [&] { load_module(file, parameters); });
    remove_module(); // where the fault did not matter, or there was none
    return met;
}

// How many things can fail in a load.
unsigned faults_of_a_load(const std::string& file, const char* parameters)
{
    unsigned beyond = 64;
    while (load_meets(beyond, file, parameters))
        beyond *= 2;
    unsigned within = beyond / 2;
    while (beyond - within > 1) {
        const unsigned middle = (within + beyond) / 2;
        (load_meets(middle, file, parameters) ? within : beyond) = middle;
    }
    return within;
}

} // namespace

TEST_SUITE("faults" * doctest::skip())
{

    TEST_CASE("an allocation fails at load")
    {
        if (!faults_can_be_injected())
            return;
        const std::string file = beside_this_program("mp3.ko");
        REQUIRE(access(file.c_str(), R_OK) == 0);
        REQUIRE(remove_module() == 0);
        // Those before are the kernel's, and not ours to test.
        const unsigned kernels = faults_of_a_load(file, refused);
        int error = 0;
        const unsigned all = each_fault([&] { error = load_module(file, small_ring); },
                                        [&] { check_loaded_or_not(error); }, kernels);
        CHECK(error == 0);
        CHECK(all > kernels + 10);
        note("faults_load", all - kernels);
        REQUIRE(remove_module() == 0);
        REQUIRE(load_module(file) == 0);
        REQUIRE(prepare_node());
        check_all_is_well();
    }

    TEST_CASE("the pages run out at load")
    {
        if (!faults_can_be_injected())
            return;
        const std::string file = beside_this_program("mp3.ko");
        REQUIRE(access(file.c_str(), R_OK) == 0);
        REQUIRE(remove_module() == 0);
        int error = ENOMEM;
        int refused = 0;
        for (unsigned pages = 1; error != 0; pages += 1 + pages / 8) {
            CAPTURE(pages);
            with_few_pages(pages, [&] { error = load_module(file); });
            CHECK((error == 0 || error == ENOMEM));
            if (error == ENOMEM) {
                ++refused;
                check_nothing_is_left();
            }
        }
        CHECK(refused > 0);
        note("faults_load_pages", refused);
        REQUIRE(prepare_node());
        check_all_is_well();
    }
}
