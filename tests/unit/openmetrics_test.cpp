// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/openmetrics.hpp"
#include "samples.hpp"
#include "version.hpp"

#include <doctest/doctest.h>

#include <set>
#include <sstream>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Metrics sound_metrics()
{
    Metrics metrics;
    metrics.groups["make"] = {.used = {.minor_faults = 1000,
                                       .major_faults = 3,
                                       .cpu_ns = 1'500'000'001,
                                       .user_ns = 1'000'000'000,
                                       .voluntary_switches = 7,
                                       .involuntary_switches = 8},
                              .processes = 2,
                              .threads = 5,
                              .rss_bytes = 1 << 20,
                              .swap_bytes = 4096};
    metrics.sampler = {.ticks = 40, .interval = 50ms, .missed_ticks = 1, .sampling = 1ms};
    metrics.missed_records = 9;
    return metrics;
}

std::string text_of(const Metrics& metrics)
{
    std::ostringstream out;
    write_metrics(out, metrics);
    return out.str();
}

void has_line(const std::string& text, const std::string& line)
{
    CAPTURE(text);
    CAPTURE(line);
    CHECK(text.find("\n" + line + "\n") != std::string::npos);
}

} // namespace

TEST_CASE("metrics are named with their unit, counters end in _total")
{
    const std::string text = text_of(sound_metrics());
    for (const char* line : {
             "# TYPE mp3prof_minor_faults_total counter",
             "mp3prof_minor_faults_total{group=\"make\"} 1000",
             "mp3prof_major_faults_total{group=\"make\"} 3",
             "mp3prof_cpu_seconds_total{group=\"make\",mode=\"user\"} 1.000000000",
             "mp3prof_cpu_seconds_total{group=\"make\",mode=\"system\"} 0.500000001",
             "mp3prof_context_switches_total{group=\"make\",kind=\"voluntary\"} 7",
             "mp3prof_context_switches_total{group=\"make\",kind=\"involuntary\"} 8",
             "# TYPE mp3prof_processes gauge",
             "mp3prof_processes{group=\"make\"} 2",
             "mp3prof_threads{group=\"make\"} 5",
             "mp3prof_resident_memory_bytes{group=\"make\"} 1048576",
             "mp3prof_swap_bytes{group=\"make\"} 4096",
             "mp3prof_sampler_ticks_total 40",
             "mp3prof_sampler_missed_ticks_total 1",
             "mp3prof_sampler_cpu_seconds_total 0.001000000",
             "mp3prof_sampler_interval_seconds 0.050000000",
             "mp3prof_records_missed_total 9",
         }) {
        has_line(text, line);
    }
    has_line(text, std::string("mp3prof_build_info{version=\"") + version + "\"} 1");
}

TEST_CASE("each family has its HELP and TYPE once, and the text its end")
{
    const std::string text = text_of(sound_metrics());
    CHECK(text.ends_with("\n# EOF\n"));
    std::set<std::string> families;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# HELP ")) {
            const std::string name = line.substr(7, line.find(' ', 7) - 7);
            CHECK(families.insert(name).second);
            std::string type;
            std::getline(lines, type);
            CHECK(type.starts_with("# TYPE " + name + " "));
        }
    }
    CHECK(families.size() == 17);
}

TEST_CASE("the name of a group is escaped")
{
    Metrics metrics;
    metrics.groups["a\"b\\c"] = {};
    has_line(text_of(metrics), "mp3prof_processes{group=\"a\\\"b\\\\c\"} 0");
}

TEST_CASE("what the source cannot know is not there")
{
    Metrics metrics = sound_metrics();
    metrics.knows = {.switches = false, .throttling = false};
    const std::string text = text_of(metrics);
    CHECK(text.find("switches") == std::string::npos);
    CHECK(text.find("throttled") == std::string::npos);
    has_line(text, "mp3prof_swap_bytes{group=\"make\"} 4096");
}
