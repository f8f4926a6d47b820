// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/process_table.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

std::uint64_t only_delta(ProcessTable& table)
{
    const Interval interval = table.close(1s, 1s);
    REQUIRE(interval.rows.size() == 1);
    return interval.rows[0].delta.minor_faults;
}

} // namespace

TEST_CASE("a first record counts from the registration")
{
    ProcessTable table(Rows::each);
    table.add(sample_of(1, 1s, 30, first));
    CHECK(only_delta(table) == 30);
    table.add(sample_of(1, 2s, 50));
    CHECK(only_delta(table) == 20);
}

TEST_CASE("a process first seen in mid-life counts from there, its total is whole")
{
    ProcessTable table(Rows::each);
    table.add(sample_of(1, 1s, 1000));
    table.add(sample_of(1, 2s, 1010));
    const Interval interval = table.close(2s, 1s);
    CHECK(interval.rows.at(0).delta.minor_faults == 10);
    CHECK(interval.rows.at(0).total.minor_faults == 1010);
}

TEST_CASE("what is there before the beginning is known but not told")
{
    ProcessTable table(Rows::each);
    table.add(sample_of(1, 1s, 100, first));
    table.add(sample_of(1, 2s, 120));
    table.add(sample_of(2, 2s, 5, first));
    table.add(sample_of(2, 3s, 6, exited));
    table.begin();
    CHECK_FALSE(table.pending());
    table.add(sample_of(1, 4s, 125));
    const Interval interval = table.close(4s, 1s);
    REQUIRE(interval.rows.size() == 1);
    CHECK(interval.rows[0].delta.minor_faults == 5);
    CHECK_FALSE(interval.rows[0].stage.first);
    CHECK(interval.total.total.minor_faults == 125);
}

TEST_CASE("a process without a record has a row without a change")
{
    ProcessTable table(Rows::each);
    table.add(sample_of(1, 1s, 30, first));
    static_cast<void>(table.close(1s, 1s));
    const Interval interval = table.close(2s, 1s);
    REQUIRE(interval.rows.size() == 1);
    CHECK(interval.rows[0].delta == Usage{});
    CHECK(interval.rows[0].total.minor_faults == 30);
    CHECK(interval.rows[0].last.comm == "p1");
}

TEST_CASE("an ended process has one last row")
{
    ProcessTable table(Rows::each);
    table.add(sample_of(1, 1s, 30, whole_life));
    const Interval interval = table.close(1s, 1s);
    CHECK(interval.rows.at(0).delta.minor_faults == 30);
    CHECK(interval.rows.at(0).stage == whole_life);
    CHECK(table.close(2s, 1s).rows.empty());
    CHECK(table.empty());
}

TEST_CASE("a reused PID is another process")
{
    ProcessTable table(Rows::each);
    table.add(sample_of(1, 1s, 1'000'000, whole_life));
    Sample reuse = sample_of(1, 2s, 3, first);
    reuse.start = 2s;
    table.add(reuse);
    const Interval interval = table.close(2s, 1s);
    REQUIRE(interval.rows.size() == 2);
    CHECK(interval.rows[0].delta.minor_faults == 1'000'000);
    CHECK(interval.rows[1].delta.minor_faults == 3);
}

TEST_CASE("registered again in one interval: one row with both parts")
{
    ProcessTable table(Rows::each);
    table.add(sample_of(1, 1s, 10, first));
    static_cast<void>(table.close(1s, 1s));
    table.add(sample_of(1, 2s, 14, final));
    table.add(sample_of(1, 2s, 5, first));
    const Interval interval = table.close(2s, 1s);
    REQUIRE(interval.rows.size() == 1);
    CHECK(interval.rows[0].delta.minor_faults == 4 + 5);
    CHECK(interval.rows[0].total.minor_faults == 5);
    CHECK(interval.total.total.minor_faults == 14 + 5);
    table.add(sample_of(1, 3s, 7));
    CHECK(only_delta(table) == 2);
}

TEST_CASE("registered again behind an overrun: totals that shrink start anew")
{
    ProcessTable table(Rows::each);
    table.add(sample_of(1, 1s, 100, first));
    static_cast<void>(table.close(1s, 1s));
    table.add(sample_of(1, 2s, 7)); // FINAL and FIRST were missed
    CHECK(only_delta(table) == 7);
}

TEST_CASE("the total row adds up all, and totals keep those that ended")
{
    ProcessTable table(Rows::each);
    Sample big = sample_of(1, 1s, 10, first);
    big.rss_bytes = 4096;
    big.threads = 2;
    Sample small = sample_of(2, 1s, 20, whole_life);
    table.add(big);
    table.add(small);
    const Interval one = table.close(1s, 1s);
    CHECK(one.total.delta.minor_faults == 30);
    CHECK(one.total.total.minor_faults == 30);
    CHECK(one.total.last.rss_bytes == 4096);
    CHECK(one.total.last.threads == 2);
    CHECK(table.close(2s, 1s).total.total.minor_faults == 30);
}

TEST_CASE("a process whose last record was lost is forgotten after a silence")
{
    ProcessTable table(Rows::each);
    table.add(sample_of(1, 1s, 10, first));
    table.add(sample_of(2, 9s, 10, first));
    static_cast<void>(table.close(9s, 1s));
    table.expire(7s);
    const Interval interval = table.close(10s, 1s);
    REQUIRE(interval.rows.size() == 1);
    CHECK(interval.rows[0].last.pid == 2);
    CHECK(interval.total.total.minor_faults == 20);
}

TEST_CASE("one process can be closed alone")
{
    ProcessTable table(Rows::each);
    table.add(sample_of(1, 1s, 10, first));
    table.add(sample_of(2, 1s, 5, first));
    CHECK(table.close_one({1, 1s}).delta.minor_faults == 10);
    CHECK(table.close_one({1, 1s}).delta.minor_faults == 0);
    CHECK(table.close_one({9, 9s}).last.pid == 0);
    CHECK(table.close(1s, 1s).rows.at(1).delta.minor_faults == 5);
}

TEST_CASE("where only the sum is wanted it is the same, without rows")
{
    ProcessTable each(Rows::each);
    ProcessTable sum(Rows::only_sum);
    const auto both = [&](const Sample& sample) {
        each.add(sample);
        sum.add(sample);
    };
    const auto check = [&] {
        const Interval all = each.close(1s, 1s);
        const Interval one = sum.close(1s, 1s);
        Usage rows;
        for (const Row& row : all.rows) {
            rows += row.delta;
        }
        CHECK(one.rows.empty());
        CHECK(one.processes == all.rows.size());
        CHECK(one.total.delta == rows);
        CHECK(all.total.delta == rows);
        CHECK(one.total.total == all.total.total);
        CHECK(one.total.stage == all.total.stage);
        CHECK(one.total.last.threads == all.total.last.threads);
    };
    for (int pid = 1; pid <= 20; ++pid) {
        Sample sample = sample_of(pid, 1s, 100, pid % 2 == 0 ? first : Stage{});
        sample.threads = 3;
        both(sample);
    }
    check();
    for (int round = 1; round < 5;
         ++round) { // in another order, not all, some end, some come again
        for (int pid = 20; pid >= 1; pid -= round) {
            both(sample_of(pid, 2s, 100U + static_cast<unsigned>(50 * round),
                           pid == round ? exited : Stage{}));
        }
        both(sample_of(round, 2s, 7, first));
        check();
    }
}

TEST_CASE("records in any order, with processes that go, find their own")
{
    ProcessTable table(Rows::each);
    std::uint64_t faults = 0;
    for (int round = 0; round < 8; ++round) {
        faults += 10;
        for (int i = 0; i < 30; ++i) {
            const int pid = 1 + (i * 7 + round) % 30;
            if (pid > round) { // one less each time
                table.add(sample_of(pid, 1s, faults, pid == round + 1 ? exited : Stage{}));
            }
        }
        const Interval interval = table.close(1s, 1s);
        REQUIRE(interval.rows.size() == static_cast<std::size_t>(30 - round));
        for (std::size_t i = 0; i < interval.rows.size(); ++i) {
            CHECK(interval.rows[i].last.pid == round + 1 + static_cast<int>(i));
            CHECK(interval.rows[i].delta.minor_faults == (round == 0 ? 0 : 10));
        }
    }
}
