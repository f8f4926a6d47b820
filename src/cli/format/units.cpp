// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <limits>

namespace mp3prof
{

namespace
{

struct Unit {
    std::string_view name;
    std::int64_t ns;
};

// Longest first, for format_duration().
constexpr std::array<Unit, 6> units{{{"h", 3'600'000'000'000},
                                     {"m", 60'000'000'000},
                                     {"s", 1'000'000'000},
                                     {"ms", 1'000'000},
                                     {"us", 1'000},
                                     {"ns", 1}}};

constexpr double longest_s = 1e9; // some thirty years

std::tm broken_down(nanoseconds time, std::tm* (*convert)(const std::time_t*, std::tm*))
{
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).count();
    std::tm parts{};
    convert(&seconds, &parts);
    return parts;
}

std::int64_t below_second(nanoseconds time)
{
    return (time - std::chrono::floor<std::chrono::seconds>(time)).count();
}

} // namespace

Result<nanoseconds> parse_duration(std::string_view text)
{
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
    const std::string_view unit_name(rest, static_cast<std::size_t>(end - rest));
    // A sign is refused here: "-0s" would pass as nothing, "-5ms" as too short.
    if (error != std::errc{} || !std::isfinite(number) || std::signbit(number)) {
        return fail("'{}' is not a duration (write 50ms or 1.5s)", text);
    }
    if (unit_name.empty()) {
        return fail("'{0}' has no unit (write {0}ms or {0}s)", text);
    }
    const auto* const unit = std::ranges::find(units, unit_name, &Unit::name);
    if (unit == units.end()) {
        return fail("'{}' is not a duration: '{}' is none of ns us ms s m h", text, unit_name);
    }
    const double ns = number * static_cast<double>(unit->ns);
    if (ns > longest_s * 1e9 || (number > 0 && ns < 1)) {
        return fail("'{}' is too {} a duration", text, ns < 1 ? "short" : "long");
    }
    return nanoseconds(std::llround(ns));
}

std::string format_duration(nanoseconds duration)
{
    const std::int64_t ns = duration.count();
    for (const Unit& unit : units) {
        if (ns != 0 && ns % unit.ns == 0) {
            return fmt::format("{}{}", ns / unit.ns, unit.name);
        }
    }
    return "0s";
}

Result<std::uint64_t> parse_size(std::string_view text, std::uint64_t bare_unit)
{
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
    std::uint64_t factor = 0;
    if (unit.empty()) {
        factor = bare_unit;
    } else if (unit == "K" || unit == "k") {
        factor = std::uint64_t{1} << 10;
    } else if (unit == "M" || unit == "m") {
        factor = std::uint64_t{1} << 20;
    } else if (unit == "G" || unit == "g") {
        factor = std::uint64_t{1} << 30;
    }
    if (error != std::errc{} || factor == 0 || number == 0 ||
        number > std::numeric_limits<std::int64_t>::max() / factor) {
        return fail("'{}' is not a size (write 512K, 64M or 1G)", text);
    }
    return number * factor;
}

std::string human_bytes(std::uint64_t bytes)
{
    constexpr std::string_view suffixes = "KMGTPE";
    if (bytes < 1024) {
        return std::to_string(bytes);
    }
    auto value = static_cast<double>(bytes);
    std::size_t step = 0;
    for (value /= 1024; value >= 1023.95 && step + 1 < suffixes.size(); ++step) {
        value /= 1024;
    }
    return fmt::format("{:.1f}{}", value, suffixes[step]);
}

std::string human_count(double count)
{
    constexpr std::string_view suffixes = "kMGTPE";
    if (count < 99.95) {
        std::string text = fmt::format("{:.1f}", count);
        return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
    }
    if (count < 999.5) {
        return fmt::format("{:.0f}", count);
    }
    std::size_t step = 0;
    for (count /= 1000; count >= 999.95 && step + 1 < suffixes.size(); ++step) {
        count /= 1000;
    }
    return fmt::format("{:.1f}{}", count, suffixes[step]);
}

std::string counted(std::uint64_t count, std::string_view noun)
{
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string seconds_words(nanoseconds duration)
{
    return fmt::format("{:.3f} s", static_cast<double>(duration.count()) / 1e9);
}

std::string iso_time(nanoseconds since_1970)
{
    const std::tm utc = broken_down(since_1970, ::gmtime_r);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", utc.tm_year + 1900,
                       utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
                       below_second(since_1970) / 1000);
}

std::string time_of_day(nanoseconds since_1970)
{
    const std::tm local = broken_down(since_1970, ::localtime_r);
    return fmt::format("{:02}:{:02}:{:02}.{:03}", local.tm_hour, local.tm_min, local.tm_sec,
                       below_second(since_1970) / 1'000'000);
}

} // namespace mp3prof
