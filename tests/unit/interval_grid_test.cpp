// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/interval_grid.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

TEST_CASE("at the sampler's own interval each tick ends one")
{
    IntervalGrid grid(50ms);
    grid.begin(1s);
    for (int tick = 1; tick <= 1200; ++tick) {
        // Late by up to 4 ms, differently each time.
        CHECK(grid.reached(1s + tick * 50ms + (tick * 7919 % 5) * 1ms, 50ms));
    }
}

TEST_CASE("a grid drawn from a late tick comes right, and no later tick is left out")
{
    for (const nanoseconds late : {10ms, 24ms, 30ms, 49ms}) {
        CAPTURE(late.count());
        IntervalGrid grid(50ms);
        grid.begin(1s + late);
        int ended = 0;
        for (int tick = 1; tick <= 100; ++tick) {
            ended += grid.reached(1s + tick * 50ms + (tick % 2) * 1ms, 50ms) ? 1 : 0;
        }
        CHECK(ended >= 99);
    }
}

TEST_CASE("a longer interval is put together from ticks, without drift")
{
    IntervalGrid grid(1s);
    grid.begin(0s);
    int ended = 0;
    for (int tick = 1; tick <= 72'000; ++tick) { // an hour
        ended += grid.reached(tick * 50ms + (tick % 3) * 1ms, 50ms) ? 1 : 0;
    }
    CHECK(ended == 3600);
}

TEST_CASE("no tick before the first end is the nearest to it")
{
    IntervalGrid grid(1s);
    grid.begin(0s);
    CHECK(grid.first_end(50ms) == 975ms);
    CHECK_FALSE(grid.reached(974ms, 50ms));
    CHECK(grid.reached(975ms, 50ms));
    CHECK(grid.first_end(50ms) == 1975ms);
    CHECK(IntervalGrid(10ms).first_end(50ms) == 5ms);
}

TEST_CASE("the tick nearest to the end of an interval ends it")
{
    IntervalGrid grid(70ms);
    grid.begin(0s);
    CHECK(grid.reached(50ms, 50ms)); // nearer to 70 than 100 is
    CHECK_FALSE(grid.reached(100ms, 50ms));
    CHECK(grid.reached(150ms, 50ms));
    CHECK(grid.reached(200ms, 50ms));
    CHECK_FALSE(grid.reached(250ms, 50ms));
    CHECK(grid.reached(300ms, 50ms));
}

TEST_CASE("when ticks are missed, the intervals between are left out, the grid stays")
{
    IntervalGrid grid(100ms);
    grid.begin(0s);
    CHECK(grid.reached(100ms, 100ms));
    CHECK(grid.reached(520ms, 100ms));
    CHECK(grid.next() == 600ms);
    CHECK(grid.reached(600ms, 100ms));
}

TEST_CASE("the same tick does not end two intervals")
{
    IntervalGrid grid(50ms);
    grid.begin(0s);
    CHECK(grid.reached(50ms, 50ms));
    CHECK_FALSE(grid.reached(50ms, 50ms));
}

TEST_CASE("an interval longer than the longest tick is put together evenly")
{
    CHECK(tick_for(50ms, 1s) == 50ms);
    CHECK(tick_for(1s, 1s) == 1s);
    CHECK(tick_for(1500ms, 1s) == 750ms);
    CHECK(tick_for(10s, 1s) == 1s);
    CHECK(tick_for(1001ms, 1s) == 500ms + 500us);
    IntervalGrid grid(1500ms);
    grid.begin(0s);
    for (int tick = 1; tick <= 100; ++tick) {
        CHECK(grid.reached(tick * tick_for(1500ms, 1s), 750ms) == (tick % 2 == 0));
    }
}
