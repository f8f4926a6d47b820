// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/zipf.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <set>
#include <vector>

using namespace mp3prof;

TEST_CASE("ranks are as frequent as the law has it, for exponents around 1 too")
{
    constexpr std::size_t ranks = 20;
    constexpr int draws = 200'000;
    for (const double exponent : {0.01, 0.5, 0.999'999'999, 1.0, 1.000'1, 2.0, 10.0}) {
        CAPTURE(exponent);
        const Zipf zipf(ranks, exponent);
        std::mt19937_64 random(1);
        std::vector<int> hits(ranks + 1);
        for (int i = 0; i < draws; ++i) {
            ++hits.at(zipf.rank([&] { return static_cast<double>(random() >> 11) * 0x1p-53; }));
        }
        double sum = 0;
        for (std::size_t r = 1; r <= ranks; ++r) {
            sum += std::pow(static_cast<double>(r), -exponent);
        }
        CHECK(hits[0] == 0);
        for (std::size_t r = 1; r <= ranks; ++r) {
            const double p = std::pow(static_cast<double>(r), -exponent) / sum;
            // Five standard deviations of a binomial count.
            CHECK(std::abs(hits[r] - draws * p) < 5 * std::sqrt(draws * p * (1 - p)) + 1);
        }
    }
}

TEST_CASE("a single rank is always drawn, and the extremes of chance are inside")
{
    CHECK(Zipf(1, 0.8).rank([] { return 0.5; }) == 1);
    for (const double exponent : {0.5, 1.0, 3.0}) {
        const Zipf zipf(1'000'000, exponent);
        CHECK(zipf.rank([] { return 0.0; }) == 1'000'000);
        CHECK(zipf.rank([] { return 1 - 0x1p-53; }) == 1);
    }
}

TEST_CASE("scattering is one to one, and keeps neighbours apart")
{
    for (const std::uint64_t pages : {1, 2, 3, 10, 256, 1000}) {
        const Scatter scatter(pages);
        std::set<std::uint64_t> seen;
        for (std::uint64_t rank = 1; rank <= pages; ++rank) {
            CHECK(scatter.page(rank) < pages);
            seen.insert(scatter.page(rank));
        }
        CHECK(seen.size() == pages);
    }
    const Scatter scatter(1000);
    CHECK(std::abs(static_cast<int>(scatter.page(1)) - static_cast<int>(scatter.page(2))) > 300);
}
