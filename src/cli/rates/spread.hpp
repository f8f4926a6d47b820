// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace mp3prof
{

// What several measurements of one thing have in common.
struct Spread {
    std::size_t count = 0;
    double mean = 0;
    double sigma = 0; // of the sample: divided by count - 1; 0 for less than two
    double min = 0;
    double max = 0;
};

[[nodiscard]] Spread spread_of(std::span<const double> values);

// Whether two means differ by more than their spread explains, at 95 %: Welch's
// t-test, two-sided (B. L. Welch, "The generalization of Student's problem when
// several different population variances are involved", Biometrika 34, 1947).
// Unknown where one has a single measurement, or one that is no number.
enum class Difference { unknown, within_noise, beyond_noise };
[[nodiscard]] Difference difference_of(const Spread& a, const Spread& b);

// The indexes of values that are far from the others: more than 14.826 times the
// median absolute deviation from the median, ten standard deviations if they
// were normal. The limit is hyperfine's.
[[nodiscard]] std::vector<std::size_t> outliers_of(std::span<const double> values);

} // namespace mp3prof
