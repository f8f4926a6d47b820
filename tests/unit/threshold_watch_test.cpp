// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/threshold_watch.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

// A command that begins at 1 s, watched every 50 ms.
struct Watched {
    ThresholdWatch watch;

    explicit Watched(std::vector<std::string> texts) : watch(thresholds(texts), 50ms)
    {
        watch.begin(1s);
    }

    static std::vector<Threshold> thresholds(const std::vector<std::string>& texts)
    {
        std::vector<Threshold> all;
        for (const std::string& text : texts) {
            all.push_back(*parse_threshold(text));
        }
        return all;
    }

    void tick(const std::vector<Sample>& samples, nanoseconds now)
    {
        for (const Sample& sample : samples) {
            watch.add(sample, 50ms);
        }
        watch.advance(now, 50ms, 1);
    }
    std::vector<Violation> end(nanoseconds at, const Charged& charged = {})
    {
        watch.command_ended(at);
        watch.finish(1, charged);
        return watch.violations();
    }
};

Sample with_rss(nanoseconds time, std::uint64_t rss)
{
    Sample sample = sample_of(1, time, 0, time == 1050ms ? born : Stage{});
    sample.rss_bytes = rss;
    return sample;
}

} // namespace

TEST_CASE("a total is told when it first holds, with the largest one")
{
    Watched watched({"minflt>100"});
    watched.tick({sample_of(1, 1050ms, 100, born)}, 1050ms);
    watched.tick({sample_of(1, 1100ms, 130)}, 1100ms);
    watched.tick({sample_of(1, 1150ms, 170, exited)}, 1150ms);
    const auto violations = watched.end(1150ms);
    REQUIRE(violations.size() == 1);
    CHECK(violations[0].at == 100ms);
    CHECK(violations[0].value == 130);
    CHECK(violations[0].most == 170);
}

TEST_CASE("what ends before the first tick is judged by its last records")
{
    Watched watched({"minflt>=100", "minflt>100"});
    watched.watch.add(sample_of(1, 1004ms, 60, whole_life), 50ms);
    watched.watch.add(sample_of(2, 1005ms, 40, whole_life), 50ms);
    const auto violations = watched.end(1003ms);
    REQUIRE(violations.size() == 1);
    CHECK(violations[0].threshold.text == "minflt>=100");
    CHECK(violations[0].at == 3ms);
}

TEST_CASE("a rate is that of one interval, of all processes")
{
    Watched watched({"minflt/s>1000", "minflt/s>1100"});
    watched.tick({sample_of(1, 1050ms, 30, born), sample_of(2, 1050ms, 25, born)}, 1050ms);
    watched.tick({sample_of(1, 1100ms, 80)}, 1100ms);
    const auto violations = watched.end(1100ms);
    REQUIRE(violations.size() == 1); // 55 in 50 ms is not more than 1100
    CHECK(violations[0].value == doctest::Approx(1100));
    CHECK(violations[0].at == 50ms);
}

TEST_CASE("an interval cut short counts as whole")
{
    Watched watched({"minflt/s>1000"});
    watched.tick({sample_of(1, 1050ms, 10, born)}, 1050ms);
    watched.watch.add(sample_of(1, 1060ms, 60, exited), 10ms); // 50 in 10 ms
    CHECK(watched.end(1055ms).empty());
}

TEST_CASE("a rate that must last starts anew after an interval without it")
{
    Watched watched({"minflt/s>1000 for 100ms"});
    watched.tick({sample_of(1, 1050ms, 60, born)}, 1050ms);
    SUBCASE("broken by ticks without a record")
    {
        watched.tick({}, 1100ms);
        watched.tick({sample_of(1, 1150ms, 120)}, 1150ms);
        CHECK(watched.end(1150ms).empty());
    }
    SUBCASE("unbroken")
    {
        watched.tick({sample_of(1, 1100ms, 120)}, 1100ms);
        const auto violations = watched.end(1100ms);
        REQUIRE(violations.size() == 1);
        CHECK(violations[0].at == 100ms);
    }
}

TEST_CASE("a level lasts while no record says otherwise")
{
    Watched watched({"rss>1K for 100ms", "rss>1K for 150ms"});
    watched.tick({with_rss(1050ms, 2000)}, 1050ms);
    watched.tick({}, 1100ms);
    watched.tick({}, 1150ms);
    watched.tick({with_rss(1200ms, 1000)}, 1200ms);
    watched.tick({with_rss(1250ms, 2000)}, 1250ms);
    const auto violations = watched.end(1250ms);
    REQUIRE(violations.size() == 1);
    CHECK(violations[0].at == 150ms);
    CHECK(violations[0].value == 2000);
}

TEST_CASE("wall time is the command's, not that of what follows it")
{
    Watched watched({"wall>100ms", "wall>=90ms"});
    watched.tick({sample_of(1, 1050ms, 1, born)}, 1050ms);
    watched.watch.command_ended(1090ms);
    watched.tick({sample_of(1, 1150ms, 1, exited)}, 1150ms);
    watched.watch.finish(1, {});
    const auto violations = watched.watch.violations();
    REQUIRE(violations.size() == 1);
    CHECK(violations[0].threshold.text == "wall>=90ms");
}

TEST_CASE("CPU time is held against a time or a percentage")
{
    Watched watched({"cpu>60ms", "cpu>150%", "user>70ms", "system>=10ms", "cpu>161%"});
    Sample sample = sample_of(1, 1050ms, 0, born);
    sample.cpu_ns = 80'000'000;
    sample.utime_ns = 7;
    sample.stime_ns = 1;
    watched.tick({sample}, 1050ms);
    const auto violations = watched.end(1050ms);
    REQUIRE(violations.size() == 3);
    CHECK(violations[0].threshold.text == "cpu>60ms");
    CHECK(violations[1].value == doctest::Approx(160));
    CHECK(violations[2].threshold.text == "system>=10ms");
}

TEST_CASE("processes and threads have limits, too")
{
    Watched watched({"processes>0", "processes>1", "threads>3"});
    Sample sample = sample_of(1, 1050ms, 0, born);
    sample.threads = 4;
    watched.tick({sample}, 1050ms);
    CHECK(watched.end(1050ms).size() == 2);
}

TEST_CASE("what was charged counts at the end, seen or not")
{
    Watched watched({"minflt>1000", "minflt>1100", "rss>1M", "rss>1M for 10ms", "threads>=1",
                     "threads>1", "cpu>25ms", "system>=10ms", "minflt/s>5000", "cpu>14%"});
    watched.tick({sample_of(1, 1050ms, 159, born)}, 1050ms);
    const auto violations = watched.end(
        1150ms, {.user = 20ms, .system = 10ms, .minor_faults = 1080, .peak_rss_bytes = 2 << 20});
    REQUIRE(violations.size() == 7);
    CHECK(violations[0].threshold.text == "minflt>1000");
    CHECK(violations[0].at == 150ms);
    CHECK(violations[0].value == 1080);
    CHECK(violations[1].threshold.text == "rss>1M");
    CHECK(violations[2].threshold.text == "threads>=1");
    CHECK(violations[3].threshold.text == "cpu>25ms");
    CHECK(violations[4].threshold.text == "system>=10ms");
    CHECK(violations[5].threshold.text == "minflt/s>5000"); // 1080 in 150 ms and 50 more
    CHECK(violations[6].threshold.text == "cpu>14%");
}
