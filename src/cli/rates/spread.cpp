// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/spread.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mp3prof
{

namespace
{

// The 97.5 % quantiles of Student's t by degrees of freedom, from 1; as in the
// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
constexpr std::array<double, 30> student_t = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
constexpr double normal = 1.960;

// For fewer degrees than there are, that is: on the safe side.
double critical_t(double degrees)
{
    const auto whole = static_cast<std::size_t>(std::clamp(degrees, 1.0, 1e6));
    if (whole <= student_t.size()) {
        return student_t[whole - 1];
    }
    return whole <= 100 ? student_t.back() : normal;
}

double median_of(std::vector<double> values)
{
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

} // namespace

Spread spread_of(std::span<const double> values)
{
    Spread spread{.count = values.size()};
    if (values.empty()) {
        return spread;
    }
    double sum = 0;
    for (const double value : values) {
        sum += value;
    }
    const auto count = static_cast<double>(values.size());
    spread.mean = sum / count;
    double squares = 0;
    for (const double value : values) {
        squares += (value - spread.mean) * (value - spread.mean);
    }
    spread.sigma = values.size() > 1 ? std::sqrt(squares / (count - 1)) : 0;
    spread.min = *std::ranges::min_element(values);
    spread.max = *std::ranges::max_element(values);
    return spread;
}

Difference difference_of(const Spread& a, const Spread& b)
{
    if (a.count < 2 || b.count < 2 || std::isnan(a.mean) || std::isnan(b.mean)) {
        return Difference::unknown;
    }
    const auto of_mean = [](const Spread& spread) {
        return spread.sigma * spread.sigma / static_cast<double>(spread.count);
    };
    const double both = of_mean(a) + of_mean(b);
    const double distance = std::abs(a.mean - b.mean);
    if (both == 0) {
        return distance == 0 ? Difference::within_noise : Difference::beyond_noise;
    }
    // Welch and Satterthwaite.
    const auto part = [&](const Spread& spread) {
        return of_mean(spread) * of_mean(spread) / static_cast<double>(spread.count - 1);
    };
    const double degrees = both * both / (part(a) + part(b));
    return distance / std::sqrt(both) > critical_t(degrees) ? Difference::beyond_noise
                                                            : Difference::within_noise;
}

std::vector<std::size_t> outliers_of(std::span<const double> values)
{
    constexpr double limit = 14.826;
    std::vector<std::size_t> found;
    if (values.empty()) {
        return found;
    }
    const double median = median_of({values.begin(), values.end()});
    std::vector<double> deviations;
    for (const double value : values) {
        deviations.push_back(std::abs(value - median));
    }
    const double typical = median_of(deviations);
    for (std::size_t at = 0; at < values.size(); ++at) {
        if (typical > 0 && deviations[at] / typical > limit) {
            found.push_back(at);
        }
    }
    return found;
}

} // namespace mp3prof
