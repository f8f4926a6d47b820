// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/summary.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

RunSummary sound_summary()
{
    RunSummary summary;
    summary.command = "make -j4";
    summary.wall = 2s;
    summary.interval = 50ms;
    summary.total = {
        .minor_faults = 1000, .major_faults = 3, .cpu_ns = 3'000'000'000, .user_ns = 2'500'000'000};
    summary.exited = summary.total;
    summary.peak = {.minor_faults = 400, .major_faults = 1};
    summary.peak_rss_bytes = 20 << 20;
    summary.processes = 12;
    summary.charged = {
        .user = 2'499ms, .system = 500'500us, .minor_faults = 1000, .major_faults = 3};
    summary.before.ticks = 100;
    summary.before.missed_ticks = 5;
    summary.before.sampling = 10ms;
    summary.after = Figures{.ticks = 140, .missed_ticks = 6, .sampling = 11ms};
    return summary;
}

} // namespace

TEST_CASE("the summary tells it all")
{
    CHECK(summary_text(sound_summary(), true) ==
          "\n"
          "mp3prof: make -j4: exit status 0\n"
          "  wall time      2.000 s\n"
          "  CPU time       3.000 s (2.500 s user, 0.500 s system), 1.50 CPUs used\n"
          "  page faults    1000 minor, 3 major\n"
          "  peak interval  400 minor, 1 major in 50ms\n"
          "  peak RSS       20.0M\n"
          "  processes      12\n"
          "  sampler        0.001 s of CPU time, 0.050 % of one CPU\n"
          "  check          12 processes, 1000 minor + 3 major faults, equal to wait4\n"
          "  ticks          40 ticks, 1 late, 0 throttled, 0 records missed\n");
}

TEST_CASE("a killed command is named so")
{
    RunSummary summary = sound_summary();
    summary.wait_status = 15; // as wait4 has it
    CHECK(summary_text(summary, true).find("make -j4: killed by signal 15 (Terminated)\n") !=
          std::string::npos);
}

TEST_CASE("a command shorter than an interval has the peak that the kernel recorded")
{
    RunSummary summary = sound_summary();
    summary.peak_rss_bytes = 0;
    summary.charged.peak_rss_bytes = 1536 << 10;
    CHECK(summary_text(summary, true).find("  peak RSS       1.5M\n") != std::string::npos);
}

TEST_CASE("memory is in bytes where no person looks")
{
    CHECK(summary_text(sound_summary(), false).find("  peak RSS       20971520 bytes\n") !=
          std::string::npos);
}

TEST_CASE("what still runs is named")
{
    RunSummary summary = sound_summary();
    summary.running = {sample_of(7, 1s, 1), sample_of(8, 1s, 1)};
    CHECK(summary_text(summary, true).ends_with("  still running  7 (p7), 8 (p8)\n"));
}

TEST_CASE("a difference to wait4 is told with its reason")
{
    RunSummary summary = sound_summary();
    summary.exited.minor_faults = 1100;
    const std::string begin = "12 processes, 1100 minor + 3 major faults; wait4 has 1000 + 3: ";
    SUBCASE("nobody waited")
    {
        CHECK(check_words(summary) == begin +
                                          "descendants that nobody waited for are not charged to "
                                          "the command, and those that changed their user are not "
                                          "profiled");
    }
    SUBCASE("an overrun")
    {
        summary.missed_records = 4;
        CHECK(check_words(summary) == begin + "4 records missed in an overrun");
    }
    SUBCASE("nothing was seen")
    {
        summary.processes = 0;
        CHECK(check_words(summary).find("no record of the command was seen") != std::string::npos);
    }
    SUBCASE("a daemon")
    {
        summary.running = {sample_of(7, 1s, 1)};
        CHECK(check_words(summary) == begin + "what still runs is not charged to the command");
    }
    SUBCASE("not followed for want of room")
    {
        summary.follow_failed = 2;
        CHECK(check_words(summary).starts_with(begin + "2 processes could not be followed"));
    }
    SUBCASE("not even the command itself")
    {
        summary.processes = 0;
        summary.follow_failed = 1;
        CHECK(check_words(summary).find(": a process could not be followed") != std::string::npos);
    }
}

TEST_CASE("a source that does not see short lives says so, and explains a difference by them")
{
    RunSummary summary = sound_summary();
    summary.knows = {.throttling = false, .short_lives = false};
    const std::string text = summary_text(summary, true);
    CHECK(text.find("  processes      12 seen; short-lived ones may be missing\n") !=
          std::string::npos);
    CHECK(text.find("  ticks          40 ticks, 1 late, - throttled, 0 records missed\n") !=
          std::string::npos);
    CHECK(check_words(summary).ends_with(", equal to wait4"));
    summary.exited.minor_faults = 900;
    CHECK(check_words(summary) ==
          "12 processes, 900 minor + 3 major faults; wait4 has 1000 + 3: children that lived "
          "between two ticks, and the last moments of those that were waited for at once, are "
          "not seen in /proc");
    summary.follow_failed = 1;
    CHECK(check_words(summary).ends_with(
        ": a process could not be followed (hidden in /proc, or too many for ulimit -n)"));
}

TEST_CASE("CPU time may differ by a millisecond a process")
{
    RunSummary summary = sound_summary();
    summary.processes = 1;
    CHECK(check_words(summary) == "1 process, 1000 minor + 3 major faults, equal to wait4");
    summary.exited.cpu_ns += 1'000'000;
    CHECK(check_words(summary).ends_with(
        "equal to wait4; CPU time differs by 0.002 s: "
        "wait4 was charged before the last time slices were accounted"));
}

TEST_CASE("without following nothing is claimed")
{
    RunSummary summary = sound_summary();
    summary.followed = false;
    CHECK(check_words(summary).starts_with("none: "));
}

TEST_CASE("the figures are what was charged where a source does not see all of it")
{
    RunSummary summary = sound_summary();
    summary.total = {.minor_faults = 159, .major_faults = 4, .cpu_ns = 1'000'000'000};
    CHECK(figures_of(summary).minor_faults == 159);
    summary.knows.short_lives = false;
    const RunFigures figures = figures_of(summary);
    CHECK(figures.minor_faults == 1000);
    CHECK(figures.major_faults == 4);
    CHECK(figures.minor_per_s == 500);
    CHECK(figures.user_s == doctest::Approx(2.499));
    CHECK(figures.cpu_s == doctest::Approx(2.9995));
    CHECK(figures.processes == 12);
    summary.peak_rss_bytes = 5 << 20;
    summary.charged.peak_rss_bytes = 20 << 20;
    CHECK(figures_of(summary).peak_rss_bytes == 20 << 20);
    summary.followed = false; // its children do not belong to it
    CHECK(figures_of(summary).minor_faults == 159);
    CHECK(figures_of(summary).peak_rss_bytes == 5 << 20);
}

TEST_CASE("a time that is more than there is differs from wait4")
{
    RunSummary summary = sound_summary();
    summary.exited.cpu_ns = (std::uint64_t{1} << 63) + 128; // of a damaged file
    CHECK(check_words(summary).find("CPU time differs by 4611686015.") != std::string::npos);
}
