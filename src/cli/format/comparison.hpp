// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "format/format.hpp"
#include "rates/run_figures.hpp"
#include "rates/spread.hpp"

#include <span>
#include <string>
#include <vector>

namespace mp3prof
{

// Several runs of one thing, under a name.
struct RunGroup {
    std::string name;
    std::vector<RunFigures> runs;
};

// A figure as people like it: "1.234 s", "256517", "20.0M".
[[nodiscard]] std::string figure_text(FigureUnit unit, double value);

// Of figures whose source does not know short lives.
inline constexpr const char* seen_words =
    "peaks and processes are as seen in /proc: short-lived ones may be missing";

// One kind of figure of all runs.
[[nodiscard]] std::vector<double> values_of(std::span<const RunFigures> runs,
                                            const FigureKind& kind);

// mean, sigma, min and max of repeated runs of a command, and a word where one
// is unlike the others.
[[nodiscard]] std::string repeated_text(const std::string& command,
                                        std::span<const RunFigures> runs, const Knows& knows);

// A column a group; from the second on against the first, in percent, and
// whether that is within the noise. The notes stand below.
[[nodiscard]] std::string comparison_text(std::span<const RunGroup> groups,
                                          std::span<const std::string> notes);

// The same as csv, with a header, or jsonl: a row a group and figure.
[[nodiscard]] std::string comparison_rows(Format format, std::span<const RunGroup> groups);

} // namespace mp3prof
