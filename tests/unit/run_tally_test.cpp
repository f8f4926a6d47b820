// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/run_tally.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

TEST_CASE("a tally has the sum, the tick with the most faults and the largest memory")
{
    RunTally tally(1s);
    Sample one = sample_of(1, 1s, 10, born);
    one.rss_bytes = 1000;
    Sample two = sample_of(2, 1s, 5, born);
    two.rss_bytes = 500;
    tally.add(one, 1s);
    tally.add(two, 1s); // 15 in this tick
    one = sample_of(1, 2s, 110);
    one.rss_bytes = 300;
    tally.add(one, 1s); // 100
    tally.add(sample_of(2, 3s, 7, exited), 1s);
    tally.add(sample_of(1, 3s, 111, exited), 1s);
    tally.finish();
    CHECK(tally.total().minor_faults == 118);
    CHECK(tally.peak().minor_faults == 100);
    CHECK(tally.peak_rss_bytes() == 1500);
}

TEST_CASE("the peak is of an interval, not of a tick, whatever others make the sampler do")
{
    RunTally tally(100ms);
    tally.add(sample_of(1, 1050ms, 10, born), 50ms); // 1000 to 1050 to 1100 ms
    tally.add(sample_of(1, 1100ms, 30), 50ms);
    tally.add(sample_of(1, 1150ms, 55), 50ms); // and 1200 ms
    tally.add(sample_of(1, 1200ms, 56, exited), 50ms);
    tally.finish();
    CHECK(tally.peak().minor_faults == 30);
    CHECK(tally.total().minor_faults == 56);
}

TEST_CASE("nothing seen is nothing used")
{
    RunTally tally(1s);
    tally.finish();
    CHECK(tally.total() == Usage{});
    CHECK(tally.peak_rss_bytes() == 0);
}

TEST_CASE("what was used before does not count as used")
{
    RunTally tally(50ms);
    tally.know(sample_of(1, 900ms, 100));
    tally.know(sample_of(2, 900ms, 1000));
    tally.add(sample_of(1, 1000ms, 107), 50ms);
    tally.add(sample_of(3, 1000ms, 50), 50ms); // in mid-life: it counts from here
    tally.add(sample_of(4, 1000ms, 5, first), 50ms);
    tally.add(sample_of(3, 1050ms, 53), 50ms);
    tally.finish();
    CHECK(tally.used().minor_faults == 7 + 5 + 3);
    CHECK(tally.peak().minor_faults == 12);
}
