// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/access_pattern.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

using namespace mp3prof;

namespace
{

constexpr std::uint64_t mib = 1 << 20;

std::size_t distinct_pages(Locality locality, std::uint64_t size, int accesses)
{
    AccessPattern pattern(locality, size, 1);
    std::set<std::uint64_t> pages;
    for (int i = 0; i < accesses; ++i) {
        pages.insert(pattern.next() / 4096);
    }
    return pages.size();
}

} // namespace

TEST_CASE("the same seed is the same walk, another seed another")
{
    AccessPattern one(Locality::random, mib, 7);
    AccessPattern same(Locality::random, mib, 7);
    AccessPattern other(Locality::random, mib, 8);
    int differences = 0;
    for (int i = 0; i < 100; ++i) {
        const std::uint64_t at = one.next();
        CHECK(at == same.next());
        differences += at != other.next() ? 1 : 0;
    }
    CHECK(differences > 90);
}

TEST_CASE("the walk of a seed is the same with every library")
{
    // mt19937_64 is fixed by the standard: its first value for seed 5489.
    AccessPattern pattern(Locality::random, ~std::uint64_t{0}, 5489);
    CHECK(pattern.next() == 14514284786278117030ULL - 1);
}

TEST_CASE("every place is inside the buffer")
{
    for (const Locality locality : {Locality::random, Locality::local}) {
        AccessPattern pattern(locality, 4097, 1);
        std::uint64_t outside = 0;
        for (int i = 0; i < 100'000; ++i) {
            outside += pattern.next() >= 4097 ? 1 : 0;
        }
        CHECK(outside == 0);
    }
}

TEST_CASE("local: one in five jumps, the others walk on by fewer than 300 bytes")
{
    constexpr std::uint64_t size = 1024 * mib;
    AccessPattern pattern(Locality::local, size, 1);
    std::uint64_t last = pattern.next();
    int far = 0;
    for (int i = 1; i < 10'000; ++i) {
        const std::uint64_t at = pattern.next();
        const bool near = (at + size - last) % size < 300;
        far += near ? 0 : 1;
        CHECK((near || i % 5 == 0));
        last = at;
    }
    CHECK(far > 1990);
    CHECK(far <= 2000);
}

TEST_CASE("random places fill the pages as chance has it")
{
    // P (1 - e^(-n/P)) distinct pages for n touches of P pages.
    const double pages = 64.0 * mib / 4096;
    const double expected = pages * (1 - std::exp(-20'000 / pages));
    const auto touched = static_cast<double>(distinct_pages(Locality::random, 64 * mib, 20'000));
    CHECK(touched == doctest::Approx(expected).epsilon(0.02));
    CHECK(distinct_pages(Locality::local, 64 * mib, 20'000) < 5'500);
}
