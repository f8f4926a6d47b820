// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>

namespace mp3prof
{

// What bars are made of: eighths of a block, or what any terminal has.
enum class Glyphs { blocks, ascii };

// A bar for each value, `full` being the highest: higher values are cut there.
// Linear; a blank is nothing at all, the lowest bar anything above it.
[[nodiscard]] std::string sparkline(std::span<const double> values, double full, Glyphs glyphs);

} // namespace mp3prof
