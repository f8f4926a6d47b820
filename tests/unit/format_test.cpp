// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/format.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <ctime>
#include <sstream>
#include <string>
#include <vector>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

constexpr nanoseconds offset = 1'795'449'120s; // 2026-11-23 15:52:00 UTC at 0

Sample work_sample()
{
    Sample sample = sample_of(1234, 1s, 100, first);
    sample.ppid = 1;
    sample.uid = 1000;
    sample.major_faults = 2;
    sample.cpu_ns = 40'000'000;
    sample.utime_ns = 3;
    sample.stime_ns = 1;
    sample.rss_bytes = 1'572'864;
    sample.swap_bytes = 4096;
    sample.voluntary_switches = 3;
    sample.involuntary_switches = 1;
    sample.threads = 2;
    sample.comm = "work";
    return sample;
}

Interval interval_of(const std::vector<Sample>& samples)
{
    ProcessTable table(Rows::each);
    for (const Sample& sample : samples) {
        table.add(sample);
    }
    return table.close(1s + 50ms, 50ms);
}

std::string written(Format format, const std::vector<Interval>& intervals,
                    const FormatSettings& settings = {})
{
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    std::ostringstream out;
    const auto formatter = make_formatter(format, settings);
    formatter->begin(out);
    for (const Interval& interval : intervals) {
        formatter->write(out, interval, offset);
    }
    return out.str();
}

const std::string table_header =
    "#Time              PID  minflt/s  majflt/s    %usr %system    %CPU         RSS        swap "
    "threads  Command\n";

} // namespace

TEST_CASE("table: pidstat's columns, digits raw")
{
    CHECK(written(Format::table, {interval_of({work_sample()})}) ==
          table_header +
              "15:52:01.050      1234   2000.00     40.00   60.00   20.00   80.00     1572864"
              "        4096       2  work\n");
}

TEST_CASE("table: units for people")
{
    CHECK(written(Format::table, {interval_of({work_sample()})}, {.human = true}) ==
          table_header +
              "15:52:01.050      1234   2000.00     40.00   60.00   20.00   80.00        1.5M"
              "        4.0K       2  work\n");
}

TEST_CASE("table: a total row where there is more than one process, or only that")
{
    const Interval two = interval_of({work_sample(), sample_of(7, 1s, 50, first)});
    const std::string total = "15:52:01.050     total   3000.00     40.00   60.00   20.00   80.00"
                              "     1572864        4096       2  (2 processes)\n";
    const std::string all = written(Format::table, {two});
    CHECK(all.find("      7   1000.00") != std::string::npos);
    CHECK(all.ends_with("work\n" + total));
    CHECK(written(Format::table, {two}, {.total_only = true}) == table_header + total);
}

TEST_CASE("table: the header comes again with each screenful")
{
    const Interval one = interval_of({work_sample()});
    const std::string text = written(Format::table, {one, one, one, one}, {.lines = 4});
    std::vector<bool> headers;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        headers.push_back(line.starts_with('#'));
    }
    CHECK(headers == std::vector<bool>{true, false, false, true, false, false});
}

TEST_CASE("table: a name cannot play with the terminal")
{
    Sample sample = work_sample();
    sample.comm = "a\033[2J";
    CHECK(written(Format::table, {interval_of({sample})}).ends_with("  a?[2J\n"));
}

TEST_CASE("csv: stable names, one row a process")
{
    CHECK(written(Format::csv, {interval_of({work_sample()})}) ==
          "time,monotonic_ns,elapsed_ns,pid,ppid,uid,start_ns,comm,first,final,exited,followed,"
          "minflt,majflt,cpu_ns,user_ns,system_ns,nvcsw,nivcsw,minflt_per_s,majflt_per_s,"
          "user_percent,system_percent,cpu_percent,total_minflt,total_majflt,total_cpu_ns,"
          "total_user_ns,total_system_ns,rss_bytes,swap_bytes,threads\n"
          "2026-11-23T15:52:01.050000Z,1050000000,50000000,1234,1,1000,1234000000000,work,1,0,0,0,"
          "100,2,40000000,30000000,10000000,3,1,2000.000,40.000,60.000,20.000,80.000,"
          "100,2,40000000,30000000,10000000,1572864,4096,2\n");
}

TEST_CASE("csv: names with commas, quotes and line breaks stay in their field")
{
    Sample sample = work_sample();
    sample.comm = "a,\"b\"\n";
    const std::string text = written(Format::csv, {interval_of({sample})});
    CHECK(text.find(",\"a,\"\"b\"\"?\",") != std::string::npos);
}

TEST_CASE("csv and jsonl: no total row beside the processes, only instead of them")
{
    const Interval two = interval_of({work_sample(), sample_of(7, 1s, 50, first)});
    for (const Format format : {Format::csv, Format::jsonl}) {
        const long header = format == Format::csv ? 1 : 0;
        const std::string all = written(format, {two});
        CHECK(std::count(all.begin(), all.end(), '\n') == header + 2);
        const std::string total = written(format, {two}, {.total_only = true});
        CHECK(std::count(total.begin(), total.end(), '\n') == header + 1);
        CHECK(total.find("150") != std::string::npos);
    }
}

TEST_CASE("what the source cannot know is empty in csv and null in jsonl, never zero")
{
    const FormatSettings settings{.knows = {.switches = false}};
    const Interval one = interval_of({work_sample()});
    CHECK(written(Format::csv, {one}, settings).find(",40000000,30000000,10000000,,,2000.000,") !=
          std::string::npos);
    const auto object = nlohmann::json::parse(written(Format::jsonl, {one}, settings));
    CHECK(object["nvcsw"].is_null());
    CHECK(object["nivcsw"].is_null());
    CHECK(object["system_ns"] == 10'000'000);
    CHECK(written(Format::csv, {}, settings) == written(Format::csv, {})); // the same columns
}

TEST_CASE("jsonl: one object a line, with the columns of csv")
{
    const std::string text = written(Format::jsonl, {interval_of({work_sample()})});
    const auto object = nlohmann::ordered_json::parse(text);
    CHECK(object["time"] == "2026-11-23T15:52:01.050000Z");
    CHECK(object["pid"] == 1234);
    CHECK(object["first"] == true);
    CHECK(object["final"] == false);
    CHECK(object["minflt"] == 100);
    CHECK(object["minflt_per_s"] == 2000.0);
    CHECK(object["system_ns"] == 10'000'000);
    std::string names;
    for (const auto& [name, value] : object.items()) {
        names += (names.empty() ? "" : ",") + name;
    }
    CHECK(written(Format::csv, {}) == names + "\n");
}

TEST_CASE("jsonl: a name that is not UTF-8 is still JSON")
{
    Sample sample = work_sample();
    sample.comm = "\xff\n";
    const std::string text = written(Format::jsonl, {interval_of({sample})});
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(nlohmann::json::parse(text)["comm"] == "\xef\xbf\xbd\n");
}

TEST_CASE("no format lets a name play with the terminal")
{
    Sample sample = work_sample();
    sample.comm = "\x9b\xc2\x9b\x7f\033[2J";
    for (const Format format : {Format::table, Format::csv, Format::jsonl}) {
        for (const char c : written(format, {interval_of({sample})})) {
            CHECK((c == '\n' || (c >= ' ' && c <= '~')));
        }
    }
}

TEST_CASE("classic: the four columns, summed over all processes")
{
    const Interval two = interval_of({work_sample(), sample_of(7, 1s, 50, first)});
    // 1.05 s are 262 jiffies of 4 ms; 40 ms of CPU time are 10.
    CHECK(written(Format::classic, {two}, {.hz = 250}) == "4294892558 150 2 10\n");
}

TEST_CASE("classic: rounded jiffies add up")
{
    Sample sample = work_sample();
    sample.cpu_ns = 6'000'000; // one and a half jiffies
    const Interval one = interval_of({sample});
    CHECK(written(Format::classic, {one, one}, {.hz = 250}) ==
          "4294892558 100 2 1\n4294892558 100 2 2\n");
}
