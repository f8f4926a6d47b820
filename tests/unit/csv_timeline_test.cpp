// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/format.hpp"
#include "plot/csv_timeline.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

std::string csv_of(const std::vector<std::vector<Sample>>& intervals, bool total_only = false)
{
    std::ostringstream out;
    const auto formatter = make_formatter(Format::csv, {.total_only = total_only});
    formatter->begin(out);
    ProcessTable table(formatter->rows());
    nanoseconds now = 10s;
    for (const std::vector<Sample>& samples : intervals) {
        table.add(samples);
        now += 50ms;
        formatter->write(out, table.close(now, 50ms), {});
    }
    return out.str();
}

Result<Timeline> read(const std::string& text, const std::string& wanted_words = "")
{
    std::istringstream in(text);
    std::ostringstream words;
    Result<Timeline> timeline = read_csv_timeline(in, "a.csv", words);
    CHECK(words.str() == wanted_words);
    return timeline;
}

} // namespace

TEST_CASE("csv of monitor is read as it was written")
{
    Sample born = sample_of(7, 10s, 40, first);
    born.start = 10s + 20ms;
    born.comm = "a \"b\",c";
    born.rss_bytes = 4096;
    Sample ended = born;
    ended.minor_faults = 45;
    ended.stage = exited;
    const Result<Timeline> timeline = read(csv_of({{born, sample_of(1, 10s, 1)}, {ended}}));
    REQUIRE(timeline);
    CHECK(timeline->interval == 50ms);
    CHECK(timeline->length == 100ms);
    CHECK(timeline->memory_known);
    REQUIRE(timeline->traces.size() == 2);
    CHECK(timeline->traces[0].name == "p1");
    const Trace& trace = timeline->traces[1];
    CHECK(trace.name == "a \"b\",c");
    REQUIRE(trace.steps.size() == 2);
    CHECK(trace.steps[0].begin == 0ms);
    CHECK(trace.steps[0].minor_faults == 40);
    CHECK(trace.steps[0].rss_bytes == 4096);
    CHECK(trace.steps[1].end == 100ms);
    CHECK(trace.steps[1].minor_faults == 5);
    CHECK(trace.starts == std::vector<nanoseconds>{20ms});
    CHECK(trace.exits == std::vector<nanoseconds>{100ms});
}

TEST_CASE("csv of the sum alone is one line to draw")
{
    const Result<Timeline> timeline =
        read(csv_of({{sample_of(1, 10s, 3, first), sample_of(2, 10s, 4, first)}}, true));
    REQUIRE(timeline);
    REQUIRE(timeline->traces.size() == 1);
    CHECK(timeline->traces[0].name == "total");
    CHECK(timeline->traces[0].steps[0].minor_faults == 7);
    CHECK(timeline->traces[0].starts.empty());
}

TEST_CASE("a line that was not written to its end is left out and a bad one is named")
{
    const std::string whole = csv_of({{sample_of(1, 10s, 3)}, {sample_of(1, 10s, 5)}});
    const Result<Timeline> cut =
        read(whole.substr(0, whole.size() - 30),
             "mp3prof: a.csv: it ends in the midst of line 3, which is left out\n");
    REQUIRE(cut);
    CHECK(cut->traces.at(0).steps.size() == 1);
    CHECK(read(whole.substr(0, whole.size() - 1), // a number may go on
               "mp3prof: a.csv: it ends in the midst of line 3, which is left out\n"));
    CHECK(read(whole + "1,2\n" + "3\n").error().message == "line 4 has 2 fields, not 32");
    std::string letters = whole;
    letters.replace(letters.rfind(",10100000000,"), 4, ",x");
    CHECK(read(letters).error().message == "line 3 has something that is no number");
    CHECK(read("time,pid\n").error().message == "its first line has no column monotonic_ns");
    CHECK(read("").error().message == "its first line has no column monotonic_ns");
}

TEST_CASE("figures that a source did not know are empty, not wrong")
{
    std::string text = csv_of({{sample_of(1, 10s, 3)}});
    const Result<Timeline> timeline = read(text.substr(0, text.rfind(",0,0\n")) + ",,0\n");
    REQUIRE(timeline);
    CHECK_FALSE(timeline->memory_known);
}

TEST_CASE("the interval is that of most rows")
{
    std::string text =
        csv_of({{sample_of(1, 10s, 1)}, {sample_of(1, 10s, 2)}, {sample_of(1, 10s, 3)}});
    text.replace(text.find(",50000000,"), 10, ",36978569,"); // from a birth to the first tick
    const Result<Timeline> timeline = read(text);
    REQUIRE(timeline);
    CHECK(timeline->interval == 50ms);
}

TEST_CASE("fields of csv")
{
    using Fields = std::vector<std::string>;
    CHECK(csv_fields("a,,\"b,c\",\"d\"\"e\"\r") == Fields{"a", "", "b,c", "d\"e"});
    CHECK(csv_fields("") == Fields{""});
    CHECK(csv_fields("\"open") == Fields{"open"});
    CHECK(is_csv_header("time,monotonic_ns,elapsed_ns"));
    CHECK_FALSE(is_csv_header("mp3prof-recording"));
}
