// SPDX-License-Identifier: GPL-2.0-or-later
#include "study/study_chart.hpp"
#include "study/study_report.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace mp3prof;

namespace
{

constexpr std::uint64_t mib = 1 << 20;

StudyResult result(Experiment experiment)
{
    StudyResult result;
    result.plan.experiment = experiment;
    result.plan.memory = 64 * mib;
    result.machine.host = "a<b";
    result.machine.cpus = 2;
    result.cgroup = "cgroup /c";
    result.version = "1.2.3";
    result.sampler.knows.short_lives = false;
    for (const std::uint64_t processes : {1, 4}) {
        GroupResult one;
        one.group.processes = processes;
        one.group.load.size = 32 * mib;
        one.group.load.accesses = 100;
        one.expected = {100.0 * static_cast<double>(processes), 0, 2};
        one.minor_faults = 101.0 * static_cast<double>(processes);
        one.user_s = 0.25 * static_cast<double>(processes);
        one.wall_s = 2;
        one.recording = fmt::format("{}.rec", processes);
        one.charged = one.seen = 1000;
        result.groups.push_back(one);
        result.plan.groups.push_back(one.group);
    }
    return result;
}

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("csv has a line for each group")
{
    std::ostringstream csv;
    write_study_csv(csv, result(Experiment::multiprogramming));
    CHECK(
        csv.str() ==
        "experiment,pattern,processes,size_bytes,accesses,minflt,majflt,expected_minflt,"
        "expected_majflt,user_s,system_s,wall_s,cpu_percent,expected_cpu_percent,recording,"
        "expected_minflt_stddev\n"
        "multiprogramming,random,1,33554432,100,101,0,100,0,0.250,0.000,2.000,12.5,12.5,1.rec,2.0\n"
        "multiprogramming,random,4,33554432,100,404,0,400,0,1.000,0.000,2.000,50.0,50.0,4.rec,2."
        "0\n");
}

TEST_CASE("the report states configuration, result and findings")
{
    const std::string text = report_markdown(report_of(result(Experiment::multiprogramming)));
    CHECK(has(text, "# Study: multiprogramming\n"));
    CHECK(has(text, "| mp3prof | 1.2.3 |\n| Samples | from /proc, every 50ms |"));
    CHECK(has(text, "| Seeds | 1 to 4, another for each workload of a group |"));
    CHECK(has(text, "| Limit of the workloads | 64.0M together (cgroup /c) |"));
    CHECK(has(text, "| random | 4 | 100 | 404 | 400 +- 2.0 | 0 | 0 | 50.0 | 2.0 |"));
    CHECK(has(text, "4 would take 50.0 % if nothing hindered them, and took 50.0 %."));
    CHECK(has(text, "404 minor faults, expected 400 +- 2.0 (+2.0 standard deviations)"));
}

TEST_CASE("csv says nothing of what one alone would take before that has run")
{
    StudyResult begun = result(Experiment::multiprogramming);
    begun.groups.erase(begun.groups.begin());
    std::ostringstream csv;
    write_study_csv(csv, begun);
    CHECK(has(csv.str(), ",50.0,,4.rec"));
}

TEST_CASE("what samples from /proc have missed is told under their picture")
{
    StudyResult all_seen = result(Experiment::locality);
    CHECK(unseen_words(all_seen).empty());
    StudyResult unseen = all_seen;
    unseen.groups.back().seen = 600;
    CHECK(has(unseen_words(unseen), "in 4.rec, they have 600 of the 1000 faults"));
    unseen.sampler.knows.short_lives = true;
    CHECK(unseen_words(unseen).empty());

    StudyReport report = report_of(all_seen);
    report.pictures = {{"Time", "time.svg", "<svg/>", "", "a < b"}};
    CHECK(has(report_markdown(report), "(time.svg)\n\na < b\n"));
    CHECK(has(report_html(report), "<p>a &lt; b</p>"));
}

TEST_CASE("findings of each experiment")
{
    CHECK(has(report_of(result(Experiment::locality)).findings.front(),
              "at most 2.0 standard deviations, as chance has it"));
    StudyResult off = result(Experiment::locality);
    off.groups.back().minor_faults = 410;
    CHECK(has(report_of(off).findings.front(), "5.0 standard deviations, more than chance"));
    const auto findings = report_of(result(Experiment::thrashing)).findings;
    REQUIRE(findings.size() == 2);
    CHECK(has(findings.back(), "4 workloads want 128.0M and have 64.0M"));
}

TEST_CASE("html has its pictures in it, and obeys no text")
{
    StudyReport report = report_of(result(Experiment::locality));
    report.pictures = {
        {"Faults", "faults.svg", "<?xml version=\"1.0\"?>\n<svg>drawn</svg>", "", ""},
        {"More & more", "more.svg", "", "gnuplot is not installed", ""}};
    const std::string html = report_html(report);
    CHECK(has(html, "<svg>drawn</svg>"));
    CHECK_FALSE(has(html, "<?xml"));
    CHECK(has(html, "<td>a&lt;b</td>"));
    CHECK(has(html, "More &amp; more: not drawn"));
    CHECK_FALSE(has(html, "src="));
    CHECK(has(report_markdown(report), "![Faults](faults.svg)"));
}

TEST_CASE("each experiment has its charts, with what is expected beside what was measured")
{
    const auto locality = charts_of(result(Experiment::locality));
    REQUIRE(locality.size() == 1);
    CHECK(locality.front().curves.size() == 2);
    CHECK(locality.front().curves.front().origin == Origin::expected);
    CHECK(charts_of(result(Experiment::multiprogramming)).size() == 2);

    const auto thrashing = charts_of(result(Experiment::thrashing));
    REQUIRE(thrashing.size() == 3);
    const std::string script = chart_script(thrashing[1]);
    CHECK(has(script, "set output 'utilisation.svg'"));
    CHECK(has(script, "1 12.5\n4 50\n"));
    CHECK(has(script, "title 'measured'"));
}
