// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/run_tally.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

TEST_CASE("a tally has the sum, the tick with the most faults and the largest memory")
{
    RunTally tally;
    Sample one = sample_of(1, 1s, 10, born);
    one.rss_bytes = 1000;
    Sample two = sample_of(2, 1s, 5, born);
    two.rss_bytes = 500;
    tally.add(one);
    tally.add(two); // 15 in this tick
    one = sample_of(1, 2s, 110);
    one.rss_bytes = 300;
    tally.add(one); // 100
    tally.add(sample_of(2, 3s, 7, exited));
    tally.add(sample_of(1, 3s, 111, exited));
    tally.finish();
    CHECK(tally.total().minor_faults == 118);
    CHECK(tally.peak().minor_faults == 100);
    CHECK(tally.peak_rss_bytes() == 1500);
}

TEST_CASE("nothing seen is nothing used")
{
    RunTally tally;
    tally.finish();
    CHECK(tally.total() == Usage{});
    CHECK(tally.peak_rss_bytes() == 0);
}
