// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace mp3prof
{

// Ranks 1 to `count`, rank r with a probability in proportion to 1 / r^exponent.
//
// Drawn by rejection-inversion, which needs no table: W. Hörmann, G. Derflinger,
// "Rejection-inversion to generate variates from monotone discrete
// distributions", ACM TOMACS 6 (1996), 169-184, algorithm RI.
class Zipf
{
public:
    // An exponent above 0, a count above 0.
    Zipf(std::uint64_t count, double exponent);

    // A rank; `uniform` gives numbers from 0 to below 1, and is asked for at
    // least one.
    [[nodiscard]] std::uint64_t rank(const std::function<double()>& uniform) const;

private:
    [[nodiscard]] double density(double x) const;
    [[nodiscard]] double integral(double x) const;
    [[nodiscard]] double inverse_integral(double y) const;

    double count_;
    double exponent_;
    double from_;   // the integral at 3/2, less the density at 1
    double to_;     // the integral at count + 1/2
    double surely_; // so near below its rank, a point is taken without a look
};

// The page of a rank among `pages`: one to one, and neighbours in rank lie far
// apart.
class Scatter
{
public:
    explicit Scatter(std::uint64_t pages);
    [[nodiscard]] std::uint64_t page(std::uint64_t rank) const;

private:
    std::uint64_t pages_;
    std::uint64_t factor_;
};

} // namespace mp3prof
