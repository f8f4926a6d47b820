// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/pace.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace std::chrono_literals;

TEST_CASE("a pace makes the first access at once, the others evenly")
{
    const Pace pace(10);
    CHECK(pace.time_of(0) == 0ns);
    CHECK(pace.time_of(1) == 100ms);
    CHECK(pace.time_of(25) == 2500ms);
    CHECK(pace.due(0ns) == 1);
    CHECK(pace.due(99'999'999ns) == 1);
    CHECK(pace.due(100ms) == 2);
    CHECK(pace.due(1s) == 11);
}

TEST_CASE("an access is due at its time, and not before")
{
    for (const std::uint64_t rate : {1, 3, 7, 1000, 999'999'937}) {
        const Pace pace(rate);
        for (const std::uint64_t index : {1, 2, 10, 12'345, 1'000'000}) {
            CAPTURE(rate);
            CAPTURE(index);
            CHECK(pace.due(pace.time_of(index)) > index);
            CHECK(pace.due(pace.time_of(index) - 1ns) <= index);
        }
    }
}

TEST_CASE("a pace holds for a year at any rate")
{
    const Pace pace(1'000'000'000);
    CHECK(pace.due(std::chrono::hours(8760)) == 1 + 8760 * 3'600'000'000'000ULL);
}
