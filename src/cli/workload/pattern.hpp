// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mp3prof
{

enum class Walk { random, local, seq, stride, window, zipf };

// Where a workload goes in its memory.
struct Pattern {
    Walk walk = Walk::random;
    std::uint64_t bytes = 0; // stride: to the next place; window: its size
    double exponent = 0;     // zipf
};

// "random" or "R", "local" or "L", "seq", "stride:64K", "window:16M",
// "zipf:0.8". An error names what is known.
[[nodiscard]] Result<Pattern> parse_pattern(std::string_view text);

// As parse_pattern() takes it, without the letters of the exercise.
[[nodiscard]] std::string format_pattern(const Pattern& pattern);

// Whether it fits into `size` bytes of memory in pages of `page` bytes.
[[nodiscard]] Status check_pattern(const Pattern& pattern, std::uint64_t size, std::uint64_t page);

} // namespace mp3prof
