// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace mp3prof
{

using std::chrono::nanoseconds;

// "50ms", "1.5s": a number and one of ns us ms s m h.
[[nodiscard]] Result<nanoseconds> parse_duration(std::string_view text);

// The shortest exact form with one unit, as parse_duration() takes it.
[[nodiscard]] std::string format_duration(nanoseconds duration);

// "64K", "1G": a whole number of 1024s; a bare number counts `bare_unit` bytes.
[[nodiscard]] Result<std::uint64_t> parse_size(std::string_view text, std::uint64_t bare_unit);

// For people: "812", "1.5K", "20.0M"; powers of 1024.
[[nodiscard]] std::string human_bytes(std::uint64_t bytes);

// For people: "0", "8.5", "812", "1.5k", "20.0M"; powers of 1000. Not below zero.
[[nodiscard]] std::string human_count(double count);

// For people: "1 run", "2 runs".
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun);

// For people: "0.123 s", "12.345 s".
[[nodiscard]] std::string seconds_words(nanoseconds duration);

// UTC to the microsecond: 2026-11-23T15:52:00.123456Z.
[[nodiscard]] std::string iso_time(nanoseconds since_1970);

// Local time of day to the millisecond: 15:52:00.123.
[[nodiscard]] std::string time_of_day(nanoseconds since_1970);

} // namespace mp3prof
