// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/threshold.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <array>
#include <tuple>

using namespace mp3prof;
using namespace mp3prof::test;

TEST_CASE("a threshold is a metric, a comparison, a limit, and perhaps a time")
{
    using enum Measure;
    const std::vector<std::tuple<const char*, Metric, Measure, double, nanoseconds>> table = {
        {"minflt>1000", Metric::minor_faults, total, 1000, 0s},
        {"minflt>1M", Metric::minor_faults, total, 1e6, 0s},
        {"majflt/s>100 for 1s", Metric::major_faults, rate, 100, 1s},
        {" majflt/s > 1.5k  for  500ms ", Metric::major_faults, rate, 1500, 500ms},
        {"nvcsw>2G", Metric::voluntary_switches, total, 2e9, 0s},
        {"rss>2G", Metric::rss, level, 2147483648.0, 0s},
        {"swap>1.5K for 2s", Metric::swap, level, 1536, 2s},
        {"cpu>80%", Metric::cpu, rate, 80, 0s},
        {"cpu>250% for 1m", Metric::cpu, rate, 250, 60s},
        {"system>1.5s", Metric::system, total, 1.5e9, 0s},
        {"threads>8", Metric::threads, level, 8, 0s},
        {"processes>0", Metric::processes, total, 0, 0s},
        {"wall>1m", Metric::wall, total, 6e10, 0s},
    };
    for (const auto& [text, metric, measure, limit, hold] : table) {
        CAPTURE(text);
        const auto threshold = parse_threshold(text);
        REQUIRE(threshold);
        CHECK(threshold->text == text);
        CHECK(threshold->metric == metric);
        CHECK(threshold->measure == measure);
        CHECK(threshold->limit == doctest::Approx(limit));
        CHECK(threshold->hold == hold);
    }
}

TEST_CASE("above is not at least")
{
    CHECK_FALSE(parse_threshold("minflt>10")->exceeded_by(10));
    CHECK(parse_threshold("minflt>10")->exceeded_by(11));
    CHECK(parse_threshold("minflt>=10")->exceeded_by(10));
    CHECK_FALSE(parse_threshold("minflt>=10")->exceeded_by(9));
}

TEST_CASE("a bad threshold is refused with what is wrong in it")
{
    const std::vector<std::array<std::string, 2>> table = {
        {"faults>1", "'faults>1': 'faults' is not a metric (known: minflt, majflt, nvcsw, nivcsw, "
                     "cpu, user, system, rss, swap, threads, processes, wall)"},
        {"", "'': '' is not a metric (known: "},
        {"minflt<1", "> or >= must follow the metric, and no other comparison"},
        {"minflt", "> or >= must follow the metric"},
        {"minflt>", "'' is not a number to compare with"},
        {"minflt>-1", "'-1' is not a number to compare with"},
        {"minflt>nan", "'nan' is not a number to compare with"},
        {"minflt>1X", "'1X' is not a count (write 1000, 100K or 1M)"},
        {"minflt>1s", "'1s' is not a count"},
        {"minflt>50%", "'50%' is not a count"},
        {"rss>2000", "'2000' is not a size (write 512M or 2G)"},
        {"rss>2GB", "'2GB' is not a size"},
        {"rss/s>1M", "rss has no rate (/s is for faults and switches)"},
        {"cpu/s>1", "cpu has no rate"},
        {"processes/s>1", "processes has no rate"},
        {"cpu>80", "'80' has no unit"},
        {"wall>80%", "'%' is none of ns us ms s m h"},
        {"minflt>1 for 1s", "a total never goes down, so 'for' says nothing"},
        {"cpu>10s for 1s", "a total never goes down"},
        {"rss>1G during 1s", "only 'for DURATION' may follow the limit, not 'during 1s'"},
        {"rss>1G for", "is not a duration"},
        {"rss>1G for 1", "has no unit"},
    };
    for (const auto& [text, part] : table) {
        CAPTURE(text);
        const auto threshold = parse_threshold(text);
        REQUIRE_FALSE(threshold);
        CAPTURE(threshold.error().message);
        CHECK(threshold.error().message.find(part) != std::string::npos);
    }
}
