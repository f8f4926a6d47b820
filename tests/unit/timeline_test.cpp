// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/timeline.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Step step(nanoseconds end, std::uint64_t faults, std::uint64_t rss)
{
    return {.begin = end - 50ms, .end = end, .minor_faults = faults, .rss_bytes = rss};
}

} // namespace

TEST_CASE("a sum has a step for each end, and the memory of those that live")
{
    const Trace lives{.pid = 1,
                      .name = "a",
                      .steps = {step(50ms, 1, 100), step(150ms, 2, 300)},
                      .starts = {10ms},
                      .exits = {},
                      .lives = true};
    const Trace ends{.pid = 2,
                     .name = "b",
                     .steps = {step(50ms, 10, 1000), step(100ms, 20, 2000)},
                     .starts = {5ms},
                     .exits = {100ms},
                     .lives = false};
    const Trace* const both[] = {&lives, &ends};
    const Trace sum = sum_of(both);
    REQUIRE(sum.steps.size() == 3);
    CHECK(sum.steps[0].begin == 0ms);
    CHECK(sum.steps[0].minor_faults == 11);
    CHECK(sum.steps[0].rss_bytes == 1100);
    CHECK(sum.steps[1].minor_faults == 20);
    CHECK(sum.steps[1].rss_bytes == 100); // the other is no more
    CHECK(sum.steps[2].begin == 100ms);
    CHECK(sum.steps[2].minor_faults == 2);
    CHECK(sum.steps[2].rss_bytes == 300);
    CHECK(sum.starts == std::vector<nanoseconds>{5ms, 10ms});
    CHECK(sum.exits == std::vector<nanoseconds>{100ms});
    CHECK(sum.lives);
}

TEST_CASE("the sum of none is none")
{
    const Trace sum = sum_of({});
    CHECK(sum.steps.empty());
    CHECK_FALSE(sum.lives);
}
