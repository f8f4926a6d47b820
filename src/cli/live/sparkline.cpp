// SPDX-License-Identifier: GPL-2.0-or-later
#include "live/sparkline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace mp3prof
{

namespace
{

using Steps = std::array<std::string_view, 9>;

constexpr Steps block_steps{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr Steps ascii_steps{" ", ".", ":", "-", "=", "+", "*", "#", "@"};

std::size_t step_of(double value, double full)
{
    constexpr double highest = std::tuple_size_v<Steps> - 1;
    if (!(value > 0) || !(full > 0)) {
        return 0;
    }
    const double step = std::round(value / full * highest);
    return step >= 1 ? static_cast<std::size_t>(std::min(step, highest)) : 1; // 1 for no number
}

} // namespace

std::string sparkline(std::span<const double> values, double full, Glyphs glyphs)
{
    const Steps& steps = glyphs == Glyphs::blocks ? block_steps : ascii_steps;
    std::string line;
    for (const double value : values) {
        line += steps.at(step_of(value, full));
    }
    return line;
}

} // namespace mp3prof
