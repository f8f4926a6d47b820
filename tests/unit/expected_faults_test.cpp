// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/access_stream.hpp"
#include "workload/expected_faults.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace mp3prof;

namespace
{

constexpr std::uint64_t kib = 1 << 10;
constexpr std::uint64_t mib = 1 << 20;

Pattern pattern(std::string_view text)
{
    return parse_pattern(text).value();
}

Load load(std::uint64_t size, std::uint64_t accesses, std::uint64_t iterations = 1,
          unsigned threads = 1, std::uint64_t unit = 4096)
{
    return {size, unit, 4096, accesses, iterations, threads};
}

double simulated(const Pattern& pattern, const Load& load, std::uint64_t seed = 1)
{
    std::set<std::uint64_t> touched;
    for (unsigned thread = 0; thread < load.threads; ++thread) {
        const auto stream =
            make_stream(pattern, {load.size, load.page, seed, thread, load.threads});
        for (std::uint64_t i = 0; i < load.iterations; ++i) {
            stream->begin_iteration();
            for (std::uint64_t n = 0; n < load.accesses; ++n) {
                touched.insert(*stream->next() / load.unit);
            }
        }
    }
    return static_cast<double>(touched.size());
}

// Five standard deviations, by a bound: the units that independent accesses touch
// are negatively associated, so the variance is at most the sum of those of the
// single units.
double bound(double expected, const Load& load)
{
    const double units = std::ceil(static_cast<double>(load.size) / static_cast<double>(load.unit));
    return 5 * std::sqrt(std::max(std::min(expected, units - expected), 1.0));
}

} // namespace

TEST_CASE("the formulas are what the walks do")
{
    const std::vector<Load> loads = {load(16 * mib, 1000),
                                     load(16 * mib, 501, 7),
                                     load(16 * mib + 5000, 300, 20, 3),
                                     load(64 * mib, 300, 5, 2, 64 * kib),
                                     load(64 * mib, 10, 2, 1, 2 * mib),
                                     load(4096, 7),
                                     load(100, 12, 1, 2)};
    for (const char* const name : {"random", "local", "seq", "stride:60", "stride:9000",
                                   "window:4M", "window:12K", "zipf:0.6", "zipf:1", "zipf:2.5"}) {
        for (const Load& one : loads) {
            if (!check_pattern(pattern(name), one.size, one.page)) {
                continue;
            }
            CAPTURE(name);
            CAPTURE(one.size);
            CAPTURE(one.threads);
            CAPTURE(one.unit);
            const double expected = expected_faults(pattern(name), one);
            CHECK(std::abs(simulated(pattern(name), one) - expected) < bound(expected, one));
        }
    }
}

TEST_CASE("the standard deviation is that of many seeds")
{
    constexpr int seeds = 400; // which know it to 4 percent
    for (const Load& one : {load(4 * mib, 700), load(4 * mib, 300, 5, 2), load(mib, 40, 3)}) {
        for (const char* const name :
             {"random", "local", "window:1M", "zipf:0.6", "zipf:1", "zipf:2.5"}) {
            CAPTURE(name);
            CAPTURE(one.accesses);
            double sum = 0;
            double squares = 0;
            for (int seed = 1; seed <= seeds; ++seed) {
                const double faults = simulated(pattern(name), one, seed * 7919U);
                sum += faults;
                squares += faults * faults;
            }
            const double mean = sum / seeds;
            const double deviation = std::sqrt(squares / seeds - mean * mean);
            CHECK(fault_deviation(pattern(name), one) == doctest::Approx(deviation).epsilon(0.15));
            CHECK(std::abs(mean - expected_faults(pattern(name), one)) < deviation / 4);
        }
    }
}

TEST_CASE("known standard deviations")
{
    // Two balls in four cells: one cell with the chance 1/4, else two.
    CHECK(fault_deviation({}, load(16 * kib, 2)) == doctest::Approx(std::sqrt(3.0 / 16)));
    CHECK(fault_deviation({}, load(16 * mib, 1000)) == doctest::Approx(9.0).epsilon(0.01));
    CHECK(fault_deviation(pattern("seq"), load(16 * mib, 1000)) == 0);
    CHECK(fault_deviation({}, load(16 * mib, 0)) == 0);
    CHECK(fault_deviation(pattern("zipf:1"), load(16 * mib, 0)) == 0);
    // As R, but for a header in each block.
    CHECK(exercise_fault_deviation(Walk::random, load(1024 * mib, 50'000, 20)) ==
          doctest::Approx(fault_deviation({}, load(1024 * mib, 50'000, 20))).epsilon(0.02));
    // Two in ten accesses touch something: as many as chance has it, of 4000.
    CHECK(exercise_fault_deviation(Walk::local, load(64 * mib, 1000, 4)) ==
          doctest::Approx(std::sqrt(4000 * 0.2 * 0.8) * std::exp(-800.0 / 16384)).epsilon(0.02));
    CHECK(expected_words(886.6, 9.04) == "887 +- 9.0");
    CHECK(expected_words(700, 0.06) == "700 +- 0.1");
    CHECK(expected_words(700, 0.04) == "700");
}

TEST_CASE("where nothing is left to chance, the formulas are exact")
{
    for (const char* const name : {"seq", "stride:60", "stride:4097", "stride:9000"}) {
        for (const unsigned threads : {1U, 2U, 7U}) {
            for (const std::uint64_t accesses : {0, 1, 5, 100, 10'000}) {
                CAPTURE(name);
                CAPTURE(threads);
                CAPTURE(accesses);
                const Load one = load(mib + 777, accesses, 2, threads);
                CHECK(expected_faults(pattern(name), one) == simulated(pattern(name), one));
            }
        }
    }
}

TEST_CASE("nothing is touched by no accesses, everything by very many")
{
    for (const char* const name : {"random", "local", "seq", "stride:60", "window:16K", "zipf:1"}) {
        CAPTURE(name);
        CHECK(expected_faults(pattern(name), load(mib, 0)) == 0);
        CHECK(expected_faults(pattern(name), load(mib, 10'000'000, 64)) ==
              doctest::Approx(256).epsilon(1e-6));
    }
}

TEST_CASE("known counts: P (1 - e^(-n/P)) of 262144 pages")
{
    const double pages = 262'144;
    CHECK(expected_faults({}, load(1024 * mib, 50'000, 20)) ==
          doctest::Approx(pages * (1 - std::exp(-1'000'000 / pages))).epsilon(1e-5));
    // Counted by getrusage, of the exercise's program built from its handout:
    // 256339, 140376, 37890 and 50123; four standard deviations.
    CHECK(std::abs(expected_exercise_faults(Walk::random, load(1024 * mib, 50'000, 20)) - 256'339) <
          290);
    CHECK(std::abs(expected_exercise_faults(Walk::random, load(1024 * mib, 10'000, 20)) - 140'376) <
          590);
    CHECK(std::abs(expected_exercise_faults(Walk::local, load(1024 * mib, 10'000, 20)) - 37'890) <
          420);
    CHECK(std::abs(expected_exercise_faults(Walk::random, load(200 * mib, 10'000, 20)) - 50'123) <
          140);
}

TEST_CASE("the accesses of the exercise touch exactly so many pages")
{
    // By hand, of the same rand(): the header's page of each block, and the pages
    // of the places, 16 bytes behind it.
    struct Known {
        Walk walk;
        std::uint64_t accesses;
        std::size_t pages;
    };
    for (const Known& known :
         {Known{Walk::random, 1'000'000, 256'328}, Known{Walk::local, 200'000, 37'880}}) {
        std::vector<bool> touched(std::size_t{1024} * 257);
        const auto stream = make_exercise_stream(known.walk, 1024 * mib, 1);
        for (std::size_t block = 0; block < 1024; ++block) {
            touched[block * 257] = true;
        }
        for (std::uint64_t n = 0; n < known.accesses; ++n) {
            if (const auto at = stream->next()) {
                touched[*at / mib * 257 + (*at % mib + 16) / 4096] = true;
            }
        }
        CHECK(static_cast<std::size_t>(std::ranges::count(touched, true)) == known.pages);
    }
}

TEST_CASE("the words of a formula name what it is made of")
{
    CHECK(formula_words({}, load(mib, 1)) == "P (1 - e^(-n/P))");
    CHECK(formula_words(pattern("seq"), load(mib, 1)) == "min(n, P)");
    CHECK(exercise_formula_words(Walk::local, load(1024 * mib, 1)) ==
          "1024 + 261120 (1 - e^(-0.2 n/P))");
}
