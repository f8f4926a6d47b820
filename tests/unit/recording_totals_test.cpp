// SPDX-License-Identifier: GPL-2.0-or-later
#include "recording/recording_totals.hpp"
#include "recordings.hpp"

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

using Moment = RecordedFigures::Moment;

RecordingTotals totals_of(const std::vector<RecordingEntry>& entries,
                          std::vector<std::string> command = {})
{
    RecordingHeader header = header_for_tests();
    header.command = std::move(command);
    RecordingTally tally(header);
    for (const RecordingEntry& entry : entries) {
        tally.add(entry);
    }
    return tally.finish();
}

Figures figures_with(std::uint64_t ticks)
{
    return {.ticks = ticks, .interval = 50ms, .tasks = 1};
}

} // namespace

TEST_CASE("totals are of the recording, not of what was before it")
{
    const RecordingTotals totals = totals_of(
        {KnownBefore{sample_of(1, 99s, 100)}, sample_of(1, 100s, 110), sample_of(2, 100s, 40),
         sample_of(2, 101s, 42), sample_of(3, 101s, 5, first), RecordingEnd{.time = 102s}});
    CHECK(totals.used.minor_faults == 10 + 2 + 5);
    REQUIRE(totals.processes.size() == 3);
    CHECK(totals.processes[0].last.pid == 1);
    CHECK(totals.processes[0].used.minor_faults == 10);
    CHECK(totals.processes[1].last.pid == 3);
    CHECK(totals.processes[1].used.minor_faults == 5);
    CHECK(totals.processes[2].used.minor_faults == 2);
    CHECK(totals.wall == 2s);
}

TEST_CASE("of a command all counts, also where its first record was lost")
{
    const RecordingTotals totals = totals_of(
        {Gap{100s, 3}, sample_of(1, 100s, 110), sample_of(1, 101s, 120, exited)}, {"make"});
    CHECK(totals.used.minor_faults == 120);
    CHECK(totals.processes[0].used.minor_faults == 120);
    CHECK(totals.exited.minor_faults == 120);
    CHECK(totals.missed_records == 3);
    CHECK(totals.wall == 1s); // without an end: up to the last record
    CHECK_FALSE(totals.end);
}

TEST_CASE("a peak is that of an interval, of each process and of all")
{
    std::vector<RecordingEntry> entries = {
        RecordedFigures{100s, Moment::begin, {.interval = 10ms}}};
    for (int tick = 1; tick <= 10; ++tick) { // five to an interval of 50 ms
        const auto faults = static_cast<std::uint64_t>(tick);
        entries.emplace_back(
            sample_of(1, 100s + tick * 10ms, 10 * faults, tick == 1 ? first : Stage{}));
        entries.emplace_back(
            sample_of(2, 100s + tick * 10ms, tick > 5 ? 7U : 0U, tick == 1 ? first : Stage{}));
    }
    const RecordingTotals totals = totals_of(entries);
    CHECK(totals.peak.minor_faults == 57);
    CHECK(totals.processes[0].peak.minor_faults == 50);
    CHECK(totals.processes[1].peak.minor_faults == 7);
}

TEST_CASE("a process that was registered again goes on adding up")
{
    const RecordingTotals totals =
        totals_of({sample_of(1, 100s, 10, first), sample_of(1, 101s, 15, final),
                   sample_of(1, 102s, 4, first), sample_of(1, 103s, 6)});
    REQUIRE(totals.processes.size() == 1);
    CHECK(totals.processes[0].used.minor_faults == 21);
    CHECK(totals.used.minor_faults == 21);
}

TEST_CASE("the sampler's figures are those of the command's time")
{
    const RecordingTotals totals =
        totals_of({RecordedFigures{100s, Moment::begin, figures_with(10)},
                   RecordedFigures{101s, Moment::meanwhile, figures_with(20)},
                   RecordedFigures{102s, Moment::command_end, figures_with(30)},
                   RecordedFigures{103s, Moment::end, figures_with(40)},
                   RecordingEnd{.time = 102s, .of_command = true, .wall = 2s}},
                  {"make"});
    CHECK(totals.before.ticks == 10);
    REQUIRE(totals.after);
    CHECK(totals.after->ticks == 30);
    CHECK(totals.last.ticks == 40);
    CHECK(totals.wall == 2s);
}
