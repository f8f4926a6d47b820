// SPDX-License-Identifier: GPL-2.0-or-later
// Files without number, each with a wish: opening and closing one costs what it
// costs among few. For a guest in virtual time, where cost is exact; not run
// unless asked for: -ts=limits-wishes --no-skip.
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <vector>

#include <sys/resource.h>

using namespace guest;

namespace
{

// Virtual ns that the end of a wish takes, on average, among `count` of them.
std::uint64_t cost_of_an_end(unsigned count)
{
    std::vector<Fd> files;
    for (unsigned i = 0; i < count; ++i) {
        files.push_back(open_device());
        REQUIRE(set_interval(files.back().get(), 1'000'000'000 - i) == 0);
    }
    const std::uint64_t begin = now_ns();
    while (!files.empty())
        files.pop_back();
    return (now_ns() - begin) / count;
}

} // namespace

TEST_SUITE("limits-wishes" * doctest::skip())
{

    TEST_CASE("the end of a wish among 50000 costs what it costs among 500")
    {
        EmptyRegistry empty;
        constexpr rlimit many{60'000, 60'000};
        REQUIRE(setrlimit(RLIMIT_NOFILE, &many) == 0);
        const std::uint64_t among_few = cost_of_an_end(500);
        const std::uint64_t among_many = cost_of_an_end(50'000);
        std::printf("end of a wish: %llu ns among 500, %llu ns among 50000\n",
                    static_cast<unsigned long long>(among_few),
                    static_cast<unsigned long long>(among_many));
        CHECK(among_many < 3 * among_few);
    }
}
