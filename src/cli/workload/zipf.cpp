// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/zipf.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mp3prof
{

namespace
{

__extension__ using Wide = unsigned __int128;

// (e^x - 1) / x and log(1 + x) / x, steady where x is near 0: exponents near 1.
constexpr double tiny = 1e-8;

double expm1_ratio(double x)
{
    return std::abs(x) > tiny ? std::expm1(x) / x : 1 + x / 2;
}

double log1p_ratio(double x)
{
    return std::abs(x) > tiny ? std::log1p(x) / x : 1 - x / 2;
}

} // namespace

Zipf::Zipf(std::uint64_t count, double exponent)
    : count_(static_cast<double>(count)), exponent_(exponent), from_(integral(1.5) - 1),
      to_(integral(count_ + 0.5)), surely_(2 - inverse_integral(integral(2.5) - density(2)))
{
}

double Zipf::density(double x) const
{
    return std::exp(-exponent_ * std::log(x));
}

// Of the density from 1 to x: (x^(1-s) - 1) / (1-s), and log(x) for s = 1.
double Zipf::integral(double x) const
{
    const double log_x = std::log(x);
    return expm1_ratio((1 - exponent_) * log_x) * log_x;
}

double Zipf::inverse_integral(double y) const
{
    // Rounding may lead below -1, where there is no logarithm.
    const double t = std::max(y * (1 - exponent_), -1.0);
    return std::exp(log1p_ratio(t) * y);
}

std::uint64_t Zipf::rank(const std::function<double()>& uniform) const
{
    for (;;) {
        const double y = to_ + uniform() * (from_ - to_);
        const double x = inverse_integral(y);
        const double rank = std::clamp(std::floor(x + 0.5), 1.0, count_);
        if (rank - x <= surely_ || y >= integral(rank + 0.5) - density(rank)) {
            return static_cast<std::uint64_t>(rank);
        }
    }
}

Scatter::Scatter(std::uint64_t pages)
    : pages_(pages), factor_(static_cast<std::uint64_t>(static_cast<double>(pages) * 0.618034))
{
    factor_ = std::max<std::uint64_t>(factor_, 1);
    while (std::gcd(factor_, pages_) != 1) {
        ++factor_;
    }
}

std::uint64_t Scatter::page(std::uint64_t rank) const
{
    return static_cast<std::uint64_t>(Wide{rank - 1} * factor_ % pages_);
}

} // namespace mp3prof
