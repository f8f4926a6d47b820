// SPDX-License-Identifier: GPL-2.0-or-later
#include "live/history.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Sample living(pid_t pid, nanoseconds time, std::uint64_t faults, Stage stage = {})
{
    Sample sample = sample_of(pid, time, faults, stage);
    sample.threads = 1;
    return sample;
}

struct Watch {
    ProcessTable table{Rows::each};
    History history{100ms};
    nanoseconds now{};

    bool interval(const std::vector<Sample>& samples, nanoseconds elapsed = 50ms)
    {
        table.add(samples);
        now += elapsed;
        return history.add(table.close(now, elapsed));
    }
    const Track& track(pid_t pid) const
    {
        return history.tracks().at({pid, std::chrono::seconds(pid)});
    }
};

} // namespace

TEST_CASE("a frame is the sum of its intervals")
{
    Watch watch;
    CHECK_FALSE(watch.interval({living(1, 50ms, 100, first), living(2, 50ms, 7, first)}));
    CHECK(watch.history.frames() == 0);
    CHECK(watch.interval({living(1, 100ms, 150)}));
    CHECK(watch.history.frames() == 1);
    CHECK(watch.history.end() == 100ms);
    CHECK(watch.track(1).rates.minor_per_s == doctest::Approx(1500));
    CHECK(watch.track(2).rates.minor_per_s == doctest::Approx(70));
    CHECK(watch.history.total().rates.minor_per_s == doctest::Approx(1570));
    CHECK(watch.history.processes() == 2);
}

TEST_CASE("a burst of one short interval is in its frame, whole")
{
    Watch watch;
    for (int i = 1; i < 10; ++i) {
        CHECK_FALSE(watch.interval({living(1, i * 10ms, 0, Stage{.first = i == 1}),
                                    living(2, i * 10ms, i < 4 ? 0U : 500U, Stage{.first = i == 1})},
                                   10ms));
    }
    CHECK(watch.interval({}, 10ms));
    CHECK(watch.track(2).faults.back() == doctest::Approx(5000));
    CHECK(watch.track(1).faults.back() == 0);
}

TEST_CASE("an interval longer than a frame is one and a late one ends the frame")
{
    Watch watch;
    CHECK(watch.interval({living(1, 500ms, 100, first)}, 500ms));
    CHECK(watch.track(1).rates.minor_per_s == doctest::Approx(200));
    CHECK(watch.interval({living(1, 580ms, 180)}, 80ms));
    CHECK(watch.track(1).rates.minor_per_s == doctest::Approx(1000));
}

TEST_CASE("what is left of a frame at the end is one")
{
    Watch watch;
    watch.history.finish();
    CHECK(watch.history.frames() == 0);
    CHECK_FALSE(watch.interval({living(1, 50ms, 100, first)}));
    watch.history.finish();
    CHECK(watch.history.frames() == 1);
    CHECK(watch.track(1).rates.minor_per_s == doctest::Approx(2000));
}

TEST_CASE("who has ended is there for the frame in which it did")
{
    Watch watch;
    CHECK_FALSE(watch.interval({living(1, 50ms, 1, first), living(2, 50ms, 9, whole_life)}));
    CHECK(watch.interval({}));
    CHECK(watch.track(2).ended);
    CHECK_FALSE(watch.track(1).ended);
    CHECK_FALSE(watch.interval({}));
    CHECK(watch.history.tracks().size() == 1);
}

TEST_CASE("the end of the last process completes a frame: no interval may follow")
{
    Watch watch;
    CHECK(watch.interval({living(1, 50ms, 10, whole_life)}));
    CHECK(watch.track(1).ended);
    CHECK_FALSE(watch.history.anything_lives());
    CHECK(watch.history.total().rates.minor_per_s == doctest::Approx(200));
}

TEST_CASE("who is gone without a word is forgotten with the frame")
{
    Watch watch;
    CHECK_FALSE(watch.interval({living(1, 50ms, 1, first), living(2, 50ms, 9, first)}));
    watch.table.expire(1s);
    CHECK(watch.interval({living(1, 2s, 3)}));
    CHECK(watch.history.tracks().size() == 1);
}

TEST_CASE("so many frames are kept, the oldest first, and no more")
{
    Watch watch;
    for (std::uint64_t i = 1; i <= History::longest + 3; ++i) {
        CHECK(watch.interval({living(1, watch.now, i * i, Stage{.first = i == 1})}, 100ms));
    }
    const std::deque<double>& faults = watch.track(1).faults;
    CHECK(faults.size() == History::longest);
    CHECK(faults.front() == doctest::Approx(70)); // 16 - 9 in 100 ms
    CHECK(watch.history.total().faults.size() == History::longest);
}

TEST_CASE("sums alone make frames, too")
{
    ProcessTable table(Rows::only_sum);
    History history(100ms);
    table.add(living(1, 100ms, 30, first));
    CHECK(history.add(table.close(100ms, 100ms)));
    CHECK(history.tracks().empty());
    CHECK(history.processes() == 1);
    CHECK(history.total().rates.minor_per_s == doctest::Approx(300));
}
