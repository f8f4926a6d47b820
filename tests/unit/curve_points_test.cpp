// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/curve_points.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

using Points = std::vector<Point>;

// 5 faults by 50 ms, 10 by 100 ms, a rest, and 1 in the 50 ms to 300 ms.
Trace example()
{
    Trace trace;
    trace.steps = {{.begin = 0ms, .end = 50ms, .minor_faults = 5, .rss_bytes = 100},
                   {.begin = 50ms, .end = 100ms, .minor_faults = 10, .rss_bytes = 300},
                   {.begin = 250ms, .end = 300ms, .minor_faults = 1, .rss_bytes = 200}};
    return trace;
}

constexpr double ms = 1e6;

} // namespace

TEST_CASE("a rate is as high as its interval is long, and low while nothing happens")
{
    const CurveKind kind{Figure::minor_faults, true, Running::each};
    CHECK(points_of(example(), 400ms, kind) == Points{{0, 100},
                                                      {50 * ms, 100},
                                                      {50 * ms, 200},
                                                      {100 * ms, 200},
                                                      {100 * ms, 0},
                                                      {250 * ms, 0},
                                                      {250 * ms, 20},
                                                      {300 * ms, 20},
                                                      {300 * ms, 0},
                                                      {400 * ms, 0}});
}

TEST_CASE("faults of an interval are a count")
{
    const CurveKind kind{Figure::minor_faults, false, Running::each};
    CHECK(points_of(example(), 300ms, kind)[2] == Point{50 * ms, 10});
}

TEST_CASE("sums rise, and stay while nothing happens")
{
    const CurveKind kind{Figure::minor_faults, true, Running::sum};
    CHECK(
        points_of(example(), 400ms, kind) ==
        Points{
            {0, 0}, {50 * ms, 5}, {100 * ms, 15}, {250 * ms, 15}, {300 * ms, 16}, {400 * ms, 16}});
}

TEST_CASE("memory is what it was at the end of each interval")
{
    const CurveKind kind{Figure::rss, false, Running::each};
    CHECK(points_of(example(), 300ms, kind) ==
          Points{{50 * ms, 100}, {100 * ms, 300}, {250 * ms, 300}, {300 * ms, 200}});
}

TEST_CASE("CPU use is in percent of one CPU, its sum in seconds")
{
    Trace trace;
    trace.steps = {{.begin = 0ms, .end = 50ms, .cpu_ns = 75'000'000}};
    CHECK(points_of(trace, 50ms, {Figure::cpu, false, Running::each})[0].y == doctest::Approx(150));
    CHECK(points_of(trace, 50ms, {Figure::cpu, false, Running::sum})[1].y ==
          doctest::Approx(0.075));
}

TEST_CASE("the line of a process that has ended goes no further")
{
    Trace trace = example();
    trace.lives = false;
    CHECK(points_of(trace, 400ms, {Figure::rss, false, Running::each}).back().x == 300 * ms);
}

TEST_CASE("an interval that took no time is no harm")
{
    Trace trace;
    trace.steps = {{.begin = 50ms, .end = 50ms, .minor_faults = 5}};
    CHECK(points_of(trace, 50ms, {Figure::minor_faults, true, Running::each})[0].y == 0);
    CHECK(points_of({}, 50ms, {Figure::minor_faults, true, Running::each}).empty());
}
