// SPDX-License-Identifier: GPL-2.0-or-later
// The exercise's programs, written to its handout alone, against this module.
#include "support/child.hpp"
#include "support/classic.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/history.hpp"
#include "support/skip.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace guest;

namespace
{

// What the ring says of all FINAL records together.
mp3_record ring_total(const History& history)
{
    mp3_record total{};
    for (const auto& record : history.all()) {
        if ((record.flags & MP3_RECORD_FINAL) == 0)
            continue;
        total.min_flt += record.min_flt;
        total.maj_flt += record.maj_flt;
        total.cpu_ns += record.cpu_ns;
    }
    return total;
}

void check_against_ring(const std::vector<Slot>& rows, const History& history)
{
    const Slot classic = sum(rows);
    const mp3_record ring = ring_total(history);
    CHECK(classic.minor == static_cast<long>(ring.min_flt));
    CHECK(classic.major == static_cast<long>(ring.maj_flt));
    const long ring_jiffies = static_cast<long>(ring.cpu_ns) / jiffy_ns();
    CHECK(std::labs(classic.cpu_jiffies - ring_jiffies) <= 1);
}

bool has_shell()
{
    const bool yes = access("/bin/sh", X_OK) == 0;
    if (!yes)
        skip("no /bin/sh for the exercise's work");
    return yes;
}

void run_both(ExerciseDirectory::Node node)
{
    if (!has_shell())
        return;
    EmptyRegistry empty;
    wait_for_standing_clock();
    ClassicMap{}.clear();
    History history;
    const ExerciseDirectory directory{node};
    REQUIRE(directory.valid());
    int status = -1;
    const std::string output =
        directory.run({exercise_program("work"), "32", "R", "5000", "2"}, status);
    CAPTURE(output);
    REQUIRE(status == 0);
    REQUIRE(eventually([&] {
        history.update();
        return !history.all().empty() && (history.all().back().flags & MP3_RECORD_FINAL) != 0;
    }));
    REQUIRE(registered().empty());
    wait_for_standing_clock();
    bool failed = true;
    const auto rows = directory.monitor(failed);
    CHECK_FALSE(failed);
    CHECK(rows.size() >= 30); // two seconds, twenty a second
    CHECK(sum(rows).minor > 3000);
    check_against_ring(rows, history);

    std::istringstream last{output.substr(output.rfind('['))};
    std::string tid;
    long minor = 0;
    long major = 0;
    last >> tid >> minor >> major;
    // Beyond what it measures itself are the two shells that register it.
    CHECK(sum(rows).minor >= minor);
    CHECK(sum(rows).minor <= minor + 200);

    CHECK(directory.monitor(failed).empty()); // it gave the slots back
    CHECK_FALSE(failed);
}

} // namespace

TEST_SUITE("exercise")
{

    TEST_CASE("work and monitor, on a node made by mknod")
    {
        run_both(ExerciseDirectory::Node::mknod);
    }

    TEST_CASE("work and monitor, on a link to the device")
    {
        run_both(ExerciseDirectory::Node::symlink);
    }

    TEST_CASE("two works at once: the sums over both")
    {
        if (!has_shell())
            return;
        EmptyRegistry empty;
        wait_for_standing_clock();
        ClassicMap{}.clear();
        History history;
        const ExerciseDirectory directory{ExerciseDirectory::Node::mknod};
        REQUIRE(directory.valid());
        Child local{[&] {
            int status = -1;
            directory.run({exercise_program("work"), "16", "L", "3000", "2"}, status);
            return status == 0 ? 0 : 1;
        }};
        int status = -1;
        directory.run({exercise_program("work"), "16", "R", "3000", "3"}, status);
        CHECK(status == 0);
        CHECK(local.reap().exited_with(0));
        REQUIRE(eventually([&] {
            history.update();
            int finals = 0;
            for (const auto& record : history.all())
                finals += (record.flags & MP3_RECORD_FINAL) != 0 ? 1 : 0;
            return finals == 2;
        }));
        wait_for_standing_clock();
        bool failed = true;
        const auto rows = directory.monitor(failed);
        CHECK_FALSE(failed);
        check_against_ring(rows, history);
    }

    TEST_CASE("an empty buffer gives no row")
    {
        EmptyRegistry empty;
        wait_for_standing_clock();
        ClassicMap{}.clear();
        const ExerciseDirectory directory{ExerciseDirectory::Node::mknod};
        REQUIRE(directory.valid());
        bool failed = true;
        CHECK(directory.monitor(failed).empty());
        CHECK_FALSE(failed);
    }
}
