// SPDX-License-Identifier: GPL-2.0-or-later
#include "study/study_model.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <unordered_map>
#include <vector>

using namespace mp3prof;

namespace
{

constexpr std::uint64_t mib = 1 << 20;

Group group(std::uint64_t processes, std::uint64_t size, std::uint64_t accesses)
{
    Group group;
    group.processes = processes;
    group.load.size = size;
    group.load.accesses = accesses;
    return group;
}

// Random replacement in a memory of so many pages: first touches, and misses of
// pages that were there before.
std::pair<int, int> simulated(std::uint64_t pages, std::size_t memory, int accesses)
{
    std::mt19937_64 random(1);
    std::vector<bool> touched(pages);
    std::unordered_map<std::uint64_t, std::size_t> frame_of;
    std::vector<std::uint64_t> frames;
    int first = 0;
    int again = 0;
    for (int i = 0; i < accesses; ++i) {
        const std::uint64_t page = random() % pages;
        if (frame_of.contains(page)) {
            continue;
        }
        ++(touched[page] ? again : first);
        touched[page] = true;
        if (frames.size() < memory) {
            frame_of[page] = frames.size();
            frames.push_back(page);
            continue;
        }
        const std::size_t victim = random() % memory;
        frame_of.erase(frames[victim]);
        frame_of[page] = victim;
        frames[victim] = page;
    }
    return {first, again};
}

} // namespace

TEST_CASE("while memory suffices there are first touches only")
{
    const Expected expected = expected_of(group(5, 10 * mib, 5000), Backing::swap, 100 * mib);
    CHECK(expected.minor_faults ==
          doctest::Approx(5 * 2560 * (1 - std::exp(-5000 / 2560.0))).epsilon(0.001));
    CHECK(expected.major_faults == 0);
    const Expected of_files = expected_of(group(5, 10 * mib, 5000), Backing::file, 100 * mib);
    CHECK(of_files.minor_faults == 0);
    CHECK(of_files.major_faults == expected.minor_faults);
}

TEST_CASE("where it does not, misses are what random replacement makes")
{
    // 4096 pages in 2048 frames.
    const auto [first, again] = simulated(4096, 2048, 8192);
    const Expected expected = expected_of(group(1, 16 * mib, 8192), Backing::swap, 8 * mib);
    CHECK(expected.minor_faults == doctest::Approx(first).epsilon(0.03));
    CHECK(expected.major_faults == doctest::Approx(again).epsilon(0.05));
}

TEST_CASE("processes that are alike share memory alike")
{
    const Expected one = expected_of(group(1, 16 * mib, 8192), Backing::swap, 8 * mib);
    const Expected four = expected_of(group(4, 16 * mib, 8192), Backing::swap, 32 * mib);
    CHECK(four.major_faults == doctest::Approx(4 * one.major_faults));
    CHECK(four.minor_deviation == doctest::Approx(2 * one.minor_deviation));
}

TEST_CASE("utilisation grows by what one takes, until all CPUs are taken")
{
    CHECK(expected_utilisation(1, 12, 2) == 12);
    CHECK(expected_utilisation(5, 12, 2) == 60);
    CHECK(expected_utilisation(50, 12, 2) == 200);
}
