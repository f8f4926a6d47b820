// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/expected_faults.hpp"

#include "workload/zipf.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace mp3prof
{

namespace
{

__extension__ using Wide = unsigned __int128;
constexpr std::uint64_t block = 1 << 20; // of the exercise
constexpr std::uint64_t header = 16;     // before each

double ratio(std::uint64_t part, std::uint64_t whole)
{
    return static_cast<double>(part) / static_cast<double>(whole);
}

// That n independent events of the chance p do not all miss: 1 - (1 - p)^n.
double touched(double p, double n)
{
    return p < 1 ? -std::expm1(n * std::log1p(-p)) : (n > 0 ? 1 : 0);
}

// As exact as where it is small.
double untouched(double p, double n)
{
    return p < 1 ? std::exp(n * std::log1p(-p)) : (n > 0 ? 0 : 1);
}

// Of `local`: a jump and four steps, of so many bytes in the mean.
constexpr std::uint64_t turns = 5;
constexpr double step = 149.5;

// Of `window`: the iterations that go to the kth of so many windows.
double visits_of(const Load& load, std::uint64_t windows, std::uint64_t k)
{
    return static_cast<double>(load.iterations / windows + (k < load.iterations % windows ? 1 : 0));
}

// The occupancy problem: n balls thrown into P cells leave P (1 - 1/P)^n of
// them empty, nearly P e^(-n/P). W. Feller, An Introduction to Probability
// Theory and Its Applications, volume I, chapters II.5 and IV.2. The last unit
// may be smaller than the others.
double random_faults(const Load& load, double n)
{
    const double whole = std::floor(ratio(load.size, load.unit));
    return whole * touched(ratio(load.unit, load.size), n) +
           touched(ratio(load.size % load.unit, load.size), n);
}

// Each five accesses are a jump and four steps of 0 to 299 bytes, 149.5 in the
// mean. They end less than a unit behind their begin, and as the begin is
// uniform, they cross into the next unit with the chance of their mean length,
// s, over the unit, u. So a unit is touched by one such walk with the chance
// (1 + s/u) / P, and the walks are independent: the occupancy problem again.
double local_faults(const Load& load)
{
    const std::uint64_t each = load.accesses * load.iterations;
    const auto chance = [&load](std::uint64_t steps) {
        const double crossing = static_cast<double>(steps) * step / static_cast<double>(load.unit);
        return std::min(1.0, (1 + crossing) * ratio(load.unit, load.size));
    };
    const double units = std::ceil(ratio(load.size, load.unit));
    const auto threads = static_cast<double>(load.threads);
    double missed = untouched(chance(turns - 1), static_cast<double>(each / turns) * threads);
    if (each % turns != 0) {
        missed *= untouched(chance(each % turns - 1), threads);
    }
    return units * (1 - missed);
}

// Exact. The places are 0, N, 2N... below the size. T threads begin evenly
// apart and make n accesses each: of the places between one begin and the next
// the first n are touched.
double stride_faults(const Load& load, std::uint64_t stride)
{
    const std::uint64_t places = (load.size + stride - 1) / stride;
    const std::uint64_t each = load.accesses * load.iterations;
    const auto begin = [&](unsigned thread) {
        return static_cast<std::uint64_t>(Wide{places} * thread / load.threads);
    };
    std::uint64_t faults = 0;
    std::uint64_t untouched_from = 0; // the first unit behind those counted
    for (unsigned thread = 0; thread < load.threads; ++thread) {
        const std::uint64_t first = begin(thread);
        const std::uint64_t count = std::min(each, begin(thread + 1) - first);
        if (count == 0) {
            continue;
        }
        const std::uint64_t last_unit = (first + count - 1) * stride / load.unit;
        if (stride >= load.unit) {
            faults += count;
        } else if (last_unit >= untouched_from) {
            faults += last_unit + 1 - std::max(first * stride / load.unit, untouched_from);
            untouched_from = last_unit + 1;
        }
    }
    return static_cast<double>(faults);
}

// The occupancy problem in each window, whose iterations add up.
double window_faults(const Load& load, std::uint64_t window)
{
    const std::uint64_t windows = (load.size + window - 1) / window;
    const auto each = static_cast<double>(load.accesses) * load.threads;
    double faults = 0;
    for (std::uint64_t unit = 0; unit < load.size; unit += load.unit) {
        const std::uint64_t end = std::min(unit + load.unit, load.size);
        double missed = 1;
        for (std::uint64_t k = unit / window; k * window < end; ++k) {
            const std::uint64_t from = k * window;
            const std::uint64_t to = std::min(from + window, load.size);
            const double share = ratio(std::min(to, end) - std::max(from, unit), to - from);
            missed *= untouched(share, each * visits_of(load, windows, k));
        }
        faults += 1 - missed;
    }
    return faults;
}

// Cells of unequal chance: the sum of 1 - (1 - p)^n over all of them, where a
// page of rank r has p = r^-s / H, H being the sum of r^-s. A unit of several
// pages has the sum of their chances.
std::vector<double> zipf_chances(const Load& load, double exponent)
{
    const std::uint64_t pages = (load.size + load.page - 1) / load.page;
    const std::uint64_t pages_of_unit = std::max<std::uint64_t>(load.unit / load.page, 1);
    const Scatter scatter(pages);
    std::vector<double> weights((pages + pages_of_unit - 1) / pages_of_unit);
    double sum = 0;
    for (std::uint64_t rank = pages; rank > 0; --rank) { // the small ones first
        const double weight = std::pow(static_cast<double>(rank), -exponent);
        weights[scatter.page(rank) / pages_of_unit] += weight;
        sum += weight;
    }
    for (double& weight : weights) {
        weight /= sum;
    }
    return weights;
}

double zipf_faults(const Load& load, double exponent)
{
    const auto n = static_cast<double>(load.all_accesses());
    double faults = 0;
    for (const double p : zipf_chances(load, exponent)) {
        faults += touched(p, n);
    }
    return faults;
}

// Of so many cells, each of the chance p, those that n balls touch.
double occupancy_variance(double cells, double p, double n)
{
    const double q = untouched(p, n);
    return cells * q + cells * (cells - 1) * untouched(2 * p, n) - cells * q * cells * q;
}

// Of `bytes` of memory, where n accesses go to any place.
double random_variance(std::uint64_t bytes, std::uint64_t unit, double n)
{
    const double units = std::max(ratio(bytes, unit), 1.0);
    return occupancy_variance(units, 1 / units, n);
}

// As random, but a walk that crosses touches two neighbours: of the two it misses
// both more often than of others.
double local_variance(const Load& load)
{
    const double units = std::ceil(ratio(load.size, load.unit));
    const double walks = static_cast<double>(load.all_accesses()) / turns;
    const double crossing = (turns - 1) * step / static_cast<double>(load.unit) / units;
    const double p = 1 / units + crossing;
    const double missed = units * untouched(p, walks);
    return missed + units * (units - 3) * untouched(2 * p, walks) +
           2 * units * untouched(2 * p - crossing, walks) - missed * missed;
}

double window_variance(const Load& load, std::uint64_t window)
{
    const std::uint64_t windows = (load.size + window - 1) / window;
    const auto each = static_cast<double>(load.accesses) * load.threads;
    double sum = 0;
    for (std::uint64_t k = 0; k < windows; ++k) {
        sum += random_variance(std::min(window, load.size - k * window), load.unit,
                               each * visits_of(load, windows, k));
    }
    return sum;
}

// Of a pair, q2 - q q' is q q' ((1 - x)^n - 1), x being p p' / ((1 - p) (1 - p')).
// With -n x for the bracket, as x is small where q q' is not, the sum over the
// pairs comes from sums over the units: cheap, and off by less than a page.
double zipf_variance(const Load& load, double exponent)
{
    const auto n = static_cast<double>(load.all_accesses());
    if (n == 0) {
        return 0;
    }
    double single = 0;
    double sum = 0; // of p (1 - p)^(n - 1), and of its square
    double squares = 0;
    for (const double p : zipf_chances(load, exponent)) {
        const double q = untouched(p, n);
        const double one_hit = p * untouched(p, n - 1);
        single += q * (1 - q);
        sum += one_hit;
        squares += one_hit * one_hit;
    }
    return single - n * (sum * sum - squares);
}

double variance(const Pattern& pattern, const Load& load)
{
    switch (pattern.walk) {
    case Walk::local:
        return local_variance(load);
    case Walk::seq:
    case Walk::stride:
        return 0;
    case Walk::window:
        return window_variance(load, pattern.bytes);
    case Walk::zipf:
        return zipf_variance(load, pattern.exponent);
    case Walk::random:
        break;
    }
    return random_variance(load.size, load.unit, static_cast<double>(load.all_accesses()));
}

// What rounding leaves of nothing is nothing.
double root(double variance)
{
    return variance > 1e-6 ? std::sqrt(variance) : 0;
}

// The share of the exercise's accesses that touch something, each as chance has it.
double touching(Walk walk)
{
    return walk == Walk::local ? 0.2 : 1;
}

} // namespace

double expected_faults(const Pattern& pattern, const Load& load)
{
    switch (pattern.walk) {
    case Walk::local:
        return local_faults(load);
    case Walk::seq:
        return stride_faults(load, load.page);
    case Walk::stride:
        return stride_faults(load, pattern.bytes);
    case Walk::window:
        return window_faults(load, pattern.bytes);
    case Walk::zipf:
        return zipf_faults(load, pattern.exponent);
    case Walk::random:
        break;
    }
    return random_faults(load, static_cast<double>(load.all_accesses()));
}

double fault_deviation(const Pattern& pattern, const Load& load)
{
    return root(variance(pattern, load));
}

double expected_exercise_faults(Walk walk, const Load& load)
{
    const auto blocks = static_cast<double>(load.size / block);
    const double whole_pages = blocks * (ratio(block, load.page) - 1);
    const double n = touching(walk) * static_cast<double>(load.all_accesses());
    return blocks + whole_pages * touched(ratio(load.page, load.size), n) +
           blocks * touched(ratio(header, load.size), n);
}

double exercise_fault_deviation(Walk walk, const Load& load)
{
    const auto blocks = static_cast<double>(load.size / block);
    const double whole_pages = blocks * (ratio(block, load.page) - 1);
    const auto n = static_cast<double>(load.all_accesses());
    const double share = touching(walk);
    return root(occupancy_variance(whole_pages, share * ratio(load.page, load.size), n) +
                occupancy_variance(blocks, share * ratio(header, load.size), n));
}

std::string expected_words(double faults, double deviation)
{
    const std::string words = fmt::format("{:.0f}", faults);
    if (deviation < 0.05) {
        return words;
    }
    return words + (deviation < 10 ? fmt::format(" +- {:.1f}", deviation)
                                   : fmt::format(" +- {:.0f}", deviation));
}

std::string formula_words(const Pattern& pattern, const Load& load)
{
    switch (pattern.walk) {
    case Walk::local:
        return fmt::format("P (1 - e^(-n/5 (1 + 598/{}) / P))", load.unit);
    case Walk::seq:
        return "min(n, P)";
    case Walk::stride:
        return "the units of the first n places";
    case Walk::window:
        return "w (1 - e^(-n/w)) for the w of each window";
    case Walk::zipf:
        return "sum of 1 - (1 - p)^n over the ranks";
    case Walk::random:
        break;
    }
    return "P (1 - e^(-n/P))";
}

std::string exercise_formula_words(Walk walk, const Load& load)
{
    const std::uint64_t blocks = load.size / block;
    return fmt::format("{} + {} (1 - e^(-{}n/P))", blocks, blocks * (block / load.page - 1),
                       walk == Walk::local ? "0.2 " : "");
}

} // namespace mp3prof
