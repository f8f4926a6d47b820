// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/units.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using namespace mp3prof;
using namespace mp3prof::test;

TEST_CASE("durations")
{
    const std::vector<std::pair<const char*, nanoseconds>> table = {
        {"50ms", 50ms}, {"1s", 1s},     {"1.5s", 1500ms}, {"10us", 10us},
        {"7ns", 7ns},   {"2m", 120s},   {"1h", 3600s},    {"0.5ms", 500us},
        {"0s", 0s},     {"1000ms", 1s}, {".5s", 500ms},   {"24h", 86'400s},
    };
    for (const auto& [text, expected] : table) {
        CAPTURE(text);
        const auto duration = parse_duration(text);
        REQUIRE(duration);
        CHECK(*duration == expected);
    }
}

TEST_CASE("what is no duration")
{
    for (const std::string text : {"", "ms", "-5ms", "-0s", "5 ms", "5sec", "1e3ms", "nans", "infs",
                                   "0.1ns", "99999999999s", "50ms ", "1h30m", "5S"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_duration(text));
    }
}

TEST_CASE("a bare number is refused with how to write it")
{
    const auto duration = parse_duration("50");
    REQUIRE_FALSE(duration);
    CHECK(duration.error().message == "'50' has no unit (write 50ms or 50s)");
}

TEST_CASE("durations are written as they are read")
{
    CHECK(format_duration(50ms) == "50ms");
    CHECK(format_duration(1s) == "1s");
    CHECK(format_duration(1500ms) == "1500ms");
    CHECK(format_duration(90s) == "90s");
    CHECK(format_duration(3600s) == "1h");
    CHECK(format_duration(7ns) == "7ns");
    CHECK(format_duration(0s) == "0s");
}

TEST_CASE("sizes")
{
    constexpr std::uint64_t mib = 1 << 20;
    CHECK(*parse_size("1024", mib) == 1024 * mib);
    CHECK(*parse_size("512K", mib) == 512 * 1024);
    CHECK(*parse_size("64M", 1) == 64 * mib);
    CHECK(*parse_size("1G", 1) == 1024 * mib);
    CHECK(*parse_size("7", 1) == 7);
    for (const std::string text : {"", "0", "-1", "1.5G", "1T", "K", "1KB", "99999999999999999G",
                                   "18446744073709551616", "1 G"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_size(text, mib));
    }
}

TEST_CASE("bytes for people")
{
    CHECK(human_bytes(0) == "0");
    CHECK(human_bytes(1023) == "1023");
    CHECK(human_bytes(1024) == "1.0K");
    CHECK(human_bytes(1536) == "1.5K");
    CHECK(human_bytes((1 << 20) - 1) == "1.0M");
    CHECK(human_bytes(std::uint64_t{20} << 30) == "20.0G");
    CHECK(human_bytes(~std::uint64_t{0}) == "16.0E");
}

TEST_CASE("counts for people")
{
    CHECK(human_count(0) == "0");
    CHECK(human_count(0.04) == "0");
    CHECK(human_count(8.46) == "8.5");
    CHECK(human_count(99.96) == "100");
    CHECK(human_count(812.3) == "812");
    CHECK(human_count(999.6) == "1.0k");
    CHECK(human_count(12'345) == "12.3k");
    CHECK(human_count(999'960) == "1.0M");
    CHECK(human_count(1e20) == "100.0E");
}

TEST_CASE("times")
{
    CHECK(iso_time(0s) == "1970-01-01T00:00:00.000000Z");
    CHECK(iso_time(1'795'449'120s + 123'456'789ns) == "2026-11-23T15:52:00.123456Z");
    CHECK(seconds_words(12'345ms) == "12.345 s");
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    CHECK(time_of_day(1'795'449'120s + 7ms) == "15:52:00.007");
}
