// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/selection.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Sample child_of(pid_t parent, pid_t pid, Stage stage = born)
{
    Sample sample = sample_of(pid, 1s, 0, stage);
    sample.ppid = parent;
    return sample;
}

} // namespace

TEST_CASE("no PIDs select all, some select themselves")
{
    CHECK(Selection({}).takes(sample_of(7, 1s, 0)));
    Selection some({7, 9});
    CHECK(some.takes(sample_of(7, 1s, 0)));
    CHECK_FALSE(some.takes(sample_of(8, 1s, 0)));
    CHECK_FALSE(some.takes(child_of(7, 10)));
}

TEST_CASE("with what they fork: descendants that were followed")
{
    Selection family({7}, Selection::Forks::taken);
    CHECK(family.takes(sample_of(7, 1s, 0)));
    CHECK(family.takes(child_of(7, 10)));
    CHECK(family.takes(child_of(10, 11)));
    CHECK_FALSE(family.takes(child_of(8, 12)));
    CHECK_FALSE(family.takes(child_of(7, 13, first))); // registered by itself
    CHECK(family.takes(child_of(7, 10, born)));
}

TEST_CASE("a PID that another process has taken is not of the family any more")
{
    Selection family({7}, Selection::Forks::taken);
    CHECK(family.takes(child_of(7, 10)));
    CHECK_FALSE(family.takes(child_of(1, 10)));
    CHECK_FALSE(family.takes(child_of(10, 11)));
}
