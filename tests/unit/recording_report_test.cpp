// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/recording_report.hpp"
#include "recordings.hpp"

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Sample used(pid_t pid, nanoseconds time, std::uint64_t faults, Stage stage)
{
    Sample sample = sample_of(pid, time, faults, stage);
    sample.cpu_ns = faults * 1'000'000;
    sample.utime_ns = 1;
    sample.stime_ns = 1;
    sample.rss_bytes = faults * 4096;
    return sample;
}

RecordingTotals totals_of_command(std::optional<RecordingEnd> end)
{
    RecordingTally tally(header_for_tests());
    tally.add(RecordedFigures{100s,
                              RecordedFigures::Moment::begin,
                              {.ticks = 10, .interval = 50ms, .sampling = 1ms, .tasks = 1}});
    tally.add(used(7, 100s, 100, born));
    tally.add(used(8, 101s, 300, whole_life));
    tally.add(used(7, 102s, 150, exited));
    tally.add(used(9, 102s, 50, {.first = true, .final = true, .followed = true}));
    tally.add(RecordedFigures{102s,
                              RecordedFigures::Moment::command_end,
                              {.ticks = 50, .interval = 50ms, .sampling = 2ms, .tasks = 1}});
    if (end) {
        tally.add(*end);
    }
    return tally.finish();
}

constexpr RecordingEnd made{.time = 102s,
                            .of_command = true,
                            .wait_status = 2 << 8,
                            .wall = 2s,
                            .charged = {.user = 225ms,
                                        .system = 225ms,
                                        .minor_faults = 450,
                                        .major_faults = 0,
                                        .peak_rss_bytes = 300 << 12}};

} // namespace

TEST_CASE("the title tells where a recording is from")
{
    CHECK(recording_title("a.rec", header_for_tests()) ==
          "a.rec: recorded on here (Linux 6.1.0-amd64, 2 CPUs, 4.0G of memory), "
          "2026-11-23T15:53:40.000000Z, every 50ms, by mp3prof 1.2.3 (kernel)\n");
}

TEST_CASE("the title has no date where none is known")
{
    RecordingHeader header = header_for_tests();
    header.clock_offset = {};
    CHECK(recording_title("a.rec", header) ==
          "a.rec: recorded on here (Linux 6.1.0-amd64, 2 CPUs, 4.0G of memory), every 50ms, by "
          "mp3prof 1.2.3 (kernel)\n");
}

TEST_CASE("the summary of a recorded command is that of run")
{
    const RunSummary summary = recording_summary(header_for_tests(), totals_of_command(made));
    CHECK(summary_text(summary, true) ==
          "\n"
          "mp3prof: make -j4: exit status 2\n"
          "  wall time      2.000 s\n"
          "  CPU time       0.500 s (0.250 s user, 0.250 s system), 0.25 CPUs used\n"
          "  page faults    500 minor, 0 major\n"
          "  peak interval  300 minor, 0 major in 50ms\n"
          "  peak RSS       1.2M\n"
          "  processes      3\n"
          "  sampler        0.001 s of CPU time, 0.050 % of one CPU\n"
          "  check          3 processes, 450 minor + 0 major faults, equal to wait4\n"
          "  ticks          40 ticks, 0 late, 0 throttled, 0 records missed\n"
          "  still running  9 (p9)\n");
}

TEST_CASE("a recording without an end has no status and no check")
{
    const std::string text =
        summary_text(recording_summary(header_for_tests(), totals_of_command({})), true);
    CHECK(text.starts_with("\nmp3prof: make -j4: its end was not recorded\n"));
    CHECK(text.find("  check ") == std::string::npos);
    CHECK(text.find("500 minor, 0 major\n") != std::string::npos);
}

TEST_CASE("what the sampler has done is not known where its last figures are missing")
{
    RecordingTally tally(header_for_tests());
    tally.add(RecordedFigures{100s, RecordedFigures::Moment::begin, {.ticks = 10}});
    tally.add(used(7, 110s, 100, born));
    tally.add(RecordedFigures{110s, RecordedFigures::Moment::meanwhile, {.ticks = 200}});
    tally.add(used(7, 119s, 100, {}));
    const std::string text =
        summary_text(recording_summary(header_for_tests(), tally.finish()), true);
    CHECK(text.find("  sampler ") == std::string::npos);
    CHECK(text.find("  ticks          -, 0 records missed\n") != std::string::npos);
}

TEST_CASE("processes have a row each, those with the most faults first")
{
    const RecordingTotals totals = totals_of_command(made);
    const std::string rows = process_rows(totals, 50ms, 0, false);
    CHECK(rows == "\n"
                  "     #PID      minflt    majflt     usr_s  system_s    peak_flt/s      peak_RSS "
                  "   life_s  Command\n"
                  "        8         300         0     0.150     0.150          6000       1228800 "
                  "   93.000  p8\n"
                  "        7         150         0     0.075     0.075          2000        614400 "
                  "   95.000  p7\n"
                  "        9          50         0     0.025     0.025          1000        204800 "
                  "   93.000  p9\n");
    CHECK(process_rows(totals, 50ms, 1, true).ends_with("(2 more)\n"));
}
