// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/usage.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Sample cpu_sample(std::uint64_t cpu, std::uint64_t utime, std::uint64_t stime)
{
    Sample sample = sample_of(1, 0s, 0);
    sample.cpu_ns = cpu;
    sample.utime_ns = utime;
    sample.stime_ns = stime;
    return sample;
}

} // namespace

TEST_CASE("user time is the exact CPU time by the sampled ratio")
{
    CHECK(split_user(1000, 3, 1) == 750);
    CHECK(split_user(1000, 0, 4) == 0);
    CHECK(split_user(1000, 4, 0) == 1000);
}

TEST_CASE("CPU time that no tick has seen is user time")
{
    CHECK(split_user(1000, 0, 0) == 1000);
    CHECK(split_user(0, 0, 0) == 0);
}

TEST_CASE("the split does not overflow after years")
{
    const std::uint64_t year = 31'536'000ULL * 1'000'000'000ULL;
    CHECK(split_user(300 * year, 100 * year, 100 * year) == 150 * year);
    CHECK(split_user(~0ULL, ~0ULL, ~0ULL) == ~0ULL / 2);
    // Where the product is just too large for 64 bits, and where it just fits.
    CHECK(split_user(1ULL << 32, 1ULL << 32, 0) == 1ULL << 32);
    CHECK(split_user(1ULL << 32, (1ULL << 32) - 1, 1) == (1ULL << 32) - 1);
}

TEST_CASE("user and system time never go back while the ratio moves")
{
    const Usage all_user = usage_of(cpu_sample(1000, 4, 0), {});
    CHECK(all_user.user_ns == 1000);
    // By the ratio 600 of 1200 would be user now; 1000 were told already.
    const Usage later = usage_of(cpu_sample(1200, 4, 4), all_user);
    CHECK(later.user_ns == 1000);
    CHECK(later.system_ns() == 200);
    // And not more user time than was used.
    const Usage system = usage_of(cpu_sample(1000, 0, 4), {});
    const Usage turned = usage_of(cpu_sample(1100, 100, 4), system);
    CHECK(turned.user_ns == 100);
    CHECK(turned.system_ns() == 1000);
}

TEST_CASE("a delta never goes below zero")
{
    const Usage small{.minor_faults = 1, .cpu_ns = 5, .user_ns = 5};
    const Usage large{.minor_faults = 3, .major_faults = 2, .cpu_ns = 9, .user_ns = 6};
    const Usage up = since(large, small);
    CHECK(up.minor_faults == 2);
    CHECK(up.major_faults == 2);
    CHECK(up.cpu_ns == 4);
    CHECK(up.user_ns == 1);
    CHECK(up.system_ns() == 3);
    CHECK(since(small, large) == Usage{});
}

TEST_CASE("context switches are counted across their wrap at 2^32")
{
    const Usage before{.voluntary_switches = 0xfffffffe};
    const Usage after{.voluntary_switches = 3};
    CHECK(since(after, before).voluntary_switches == 5);
}

TEST_CASE("totals that shrink cannot be of the same registration")
{
    Sample sample = sample_of(1, 0s, 5);
    sample.cpu_ns = 7;
    const Sample before = sample;
    CHECK_FALSE(goes_back(sample, before));
    sample.cpu_ns = 6;
    CHECK(goes_back(sample, before));
}

TEST_CASE("rates are per second of wall time, percent of one CPU")
{
    const Usage delta{
        .minor_faults = 100, .major_faults = 1, .cpu_ns = 75'000'000, .user_ns = 50'000'000};
    const Rates rates = rates_of(delta, 50ms);
    CHECK(rates.minor_per_s == doctest::Approx(2000));
    CHECK(rates.major_per_s == doctest::Approx(20));
    CHECK(rates.cpu_percent == doctest::Approx(150));
    CHECK(rates.user_percent == doctest::Approx(100));
    CHECK(rates.system_percent == doctest::Approx(50));
}

TEST_CASE("an interval that took no time has no rates, never infinite ones")
{
    const Usage delta{.minor_faults = 100, .cpu_ns = 1};
    for (const nanoseconds elapsed : {nanoseconds(0), nanoseconds(-5)}) {
        CHECK(rates_of(delta, elapsed).minor_per_s == 0);
        CHECK(rates_of(delta, elapsed).cpu_percent == 0);
    }
    CHECK(std::isfinite(rates_of({.minor_faults = ~0ULL}, nanoseconds(1)).minor_per_s));
}
