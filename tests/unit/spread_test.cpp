// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/spread.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;

namespace
{

Spread of(std::vector<double> values)
{
    return spread_of(values);
}

} // namespace

TEST_CASE("the spread is that of a sample")
{
    const Spread spread = of({2, 4, 4, 4, 5, 5, 7, 9});
    CHECK(spread.count == 8);
    CHECK(spread.mean == 5);
    CHECK(spread.sigma == doctest::Approx(2.13809)); // R: sd(c(2, 4, 4, 4, 5, 5, 7, 9))
    CHECK(spread.min == 2);
    CHECK(spread.max == 9);
    CHECK(of({3}).sigma == 0);
    CHECK(of({}).count == 0);
}

TEST_CASE("a difference is held against the spread of both")
{
    // R: t.test(c(10, 11, 12), c(13, 14, 15)): t = -3.6742, df = 4, p-value = 0.02131
    CHECK(difference_of(of({10, 11, 12}), of({13, 14, 15})) == Difference::beyond_noise);
    // R: t.test(c(10, 11, 12), c(12, 13, 14)): t = -2.4495, df = 4, p-value = 0.07048
    CHECK(difference_of(of({10, 11, 12}), of({12, 13, 14})) == Difference::within_noise);
    CHECK(difference_of(of({10, 11, 12}), of({50})) == Difference::unknown);
    CHECK(difference_of(of({10, 10}), of({10, 10})) == Difference::within_noise);
    CHECK(difference_of(of({10, 10}), of({11, 11})) == Difference::beyond_noise);
}

TEST_CASE("a value far from the others is found, and none among equal or scattered ones")
{
    CHECK(outliers_of(std::vector<double>{9, 1, 1.1, 0.9, 1.05, 1}) == std::vector<std::size_t>{0});
    CHECK(outliers_of(std::vector<double>{1, 2, 3, 4, 5, 6}).empty());
    CHECK(outliers_of(std::vector<double>{1, 1, 1, 1}).empty());
    CHECK(outliers_of({}).empty());
}
