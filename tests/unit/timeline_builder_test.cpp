// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/timeline_builder.hpp"
#include "recordings.hpp"

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Timeline timeline_of(const std::vector<RecordingEntry>& entries,
                     const RecordingHeader& header = header_for_tests())
{
    RecordedTimeline timeline(header, "a.mp3");
    for (const RecordingEntry& entry : entries) {
        timeline.take(entry);
    }
    return timeline.finish();
}

// Begins before or behind 100 s, where the recording does.
Sample sample_at(nanoseconds time, std::uint64_t faults, nanoseconds start = 1s, Stage stage = {})
{
    Sample sample = sample_of(7, 100s + time, faults, stage);
    sample.start = start;
    return sample;
}

} // namespace

TEST_CASE("a recording tells where and how it was made")
{
    const Timeline timeline = timeline_of({RecordingEnd{.time = 103s}});
    CHECK(timeline.file == "a.mp3");
    CHECK(timeline.command == "make -j4");
    CHECK(timeline.host == "here");
    CHECK(timeline.kernel == "6.1.0-amd64");
    CHECK(timeline.interval == 50ms);
    CHECK(timeline.length == 3s);
    CHECK(timeline.since_1970 == 1'795'449'220s);
    CHECK(timeline.traces.empty());
}

TEST_CASE("steps are from tick to tick, with what was counted in between")
{
    const Timeline timeline =
        timeline_of({sample_at(50ms, 100, 100s + 10ms, first), sample_at(100ms, 130, 100s + 10ms),
                     sample_at(150ms, 135, 100s + 10ms, exited)});
    REQUIRE(timeline.traces.size() == 1);
    const Trace& trace = timeline.traces.front();
    CHECK(trace.name == "p7");
    REQUIRE(trace.steps.size() == 3);
    CHECK(trace.steps[0].begin == 0ms);
    CHECK(trace.steps[0].end == 50ms);
    CHECK(trace.steps[0].minor_faults == 100);
    CHECK(trace.steps[1].begin == 50ms);
    CHECK(trace.steps[1].minor_faults == 30);
    CHECK(trace.steps[2].minor_faults == 5);
    CHECK(trace.starts == std::vector<nanoseconds>{10ms});
    CHECK(trace.exits == std::vector<nanoseconds>{150ms});
    CHECK_FALSE(trace.lives);
}

TEST_CASE("where no record is, nothing happened: a burst behind is no longer than a tick")
{
    const Timeline timeline = timeline_of({sample_at(50ms, 1), sample_at(1050ms, 101)});
    const Trace& trace = timeline.traces.front();
    CHECK(trace.steps[1].begin == 1000ms);
    CHECK(trace.steps[1].minor_faults == 100);
    CHECK(timeline.blanks.empty());
}

TEST_CASE("ticks that the sampler has put further apart are as long as they are")
{
    RecordedFigures figures;
    figures.figures.interval = 200ms;
    const Timeline timeline = timeline_of({sample_at(50ms, 1), figures, sample_at(250ms, 101)});
    CHECK(timeline.traces.front().steps[1].begin == 50ms);
}

TEST_CASE("over lost records, what was counted is of all the time since the last")
{
    const Timeline timeline =
        timeline_of({sample_at(50ms, 1), Gap{.time = 101s, .missed = 12}, sample_at(1050ms, 101)});
    CHECK(timeline.traces.front().steps[1].begin == 50ms);
    REQUIRE(timeline.blanks.size() == 1);
    CHECK(timeline.blanks[0].begin == 50ms);
    CHECK(timeline.blanks[0].end == 1050ms);
    CHECK(timeline.blanks[0].missed == 12);
}

TEST_CASE("what was before the recording does not count")
{
    SUBCASE("known")
    {
        const Timeline timeline =
            timeline_of({KnownBefore{sample_at(-1s, 90)}, sample_at(50ms, 100)});
        CHECK(timeline.traces.front().steps[0].minor_faults == 10);
    }
    SUBCASE("not known")
    {
        const Timeline timeline = timeline_of({sample_at(50ms, 100), sample_at(100ms, 103)});
        CHECK(timeline.traces.front().steps[0].minor_faults == 0);
        CHECK(timeline.traces.front().steps[1].minor_faults == 3);
    }
    CHECK(timeline_of({sample_at(50ms, 1)}).traces.front().starts.empty());
}

TEST_CASE("a process that is registered again begins at nothing, and is the same")
{
    const Timeline timeline =
        timeline_of({sample_at(50ms, 100, 1s, first), sample_at(100ms, 7, 1s, first)});
    REQUIRE(timeline.traces.size() == 1);
    CHECK(timeline.traces.front().steps[1].minor_faults == 7);
    const Timeline without_word = timeline_of({sample_at(50ms, 100), sample_at(100ms, 8)});
    CHECK(without_word.traces.front().steps[1].minor_faults == 8);
}

TEST_CASE("a PID that is used again is another process")
{
    const Timeline timeline = timeline_of(
        {sample_at(50ms, 5, 100s, whole_life), sample_at(100ms, 6, 100s + 70ms, whole_life)});
    CHECK(timeline.traces.size() == 2);
}
