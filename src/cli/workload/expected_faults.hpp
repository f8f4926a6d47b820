// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "workload/pattern.hpp"

#include <cstdint>
#include <string>

namespace mp3prof
{

// What a workload does in all, as far as its faults depend on it.
struct Load {
    std::uint64_t size = 0;    // bytes of memory
    std::uint64_t unit = 4096; // bytes that one fault maps: a page, or a huge one
    std::uint64_t page = 4096;
    std::uint64_t accesses = 0; // of each thread in each iteration
    std::uint64_t iterations = 1;
    unsigned threads = 1;

    [[nodiscard]] std::uint64_t all_accesses() const { return accesses * iterations * threads; }
};

// The faults to expect of memory that is touched for the first time, where
// nothing is taken away again: the mean number of units that are touched.
[[nodiscard]] double expected_faults(const Pattern& pattern, const Load& load);

// Their standard deviation, over all seeds; 0 where nothing is left to chance.
//
// Of P units, let q be the chance that one stays untouched, and q2 that two do.
// The variance of their number is the sum of q - q^2 over the units, and of
// q2 - q^2 over the ordered pairs of them (W. Feller, An Introduction to
// Probability Theory and Its Applications, volume I, chapter IX.5). For P equal
// units and n accesses that is the one of the occupancy problem,
//   P (1 - 1/P)^n + P (P - 1) (1 - 2/P)^n - P^2 (1 - 1/P)^(2n),
// and of `window` the sum of one for each window.
[[nodiscard]] double fault_deviation(const Pattern& pattern, const Load& load);

// The same for the program of the exercise, R or L, in `size` bytes of whole
// MiB. Each of its blocks is a malloc() of 1 MiB, which the C library maps by
// itself with a header of 16 bytes before it. So
//   - writing the header is a fault of the first page of each block;
//   - 255 whole pages follow, touched as chance has it;
//   - the last 16 bytes lie in a page of their own, touched hardly ever.
// n is all accesses for R, and for L two in ten of them, as chance has it: the
// others touch none.
[[nodiscard]] double expected_exercise_faults(Walk walk, const Load& load);
[[nodiscard]] double exercise_fault_deviation(Walk walk, const Load& load);

// For people: "887 +- 9.0", and "700" where little is left to chance.
[[nodiscard]] std::string expected_words(double faults, double deviation);

// The formula in a line, for people; P is the number of units.
[[nodiscard]] std::string formula_words(const Pattern& pattern, const Load& load);
[[nodiscard]] std::string exercise_formula_words(Walk walk, const Load& load);

} // namespace mp3prof
