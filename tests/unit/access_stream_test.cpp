// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/access_stream.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <vector>

using namespace mp3prof;

namespace
{

constexpr std::uint64_t mib = 1 << 20;
constexpr std::uint64_t page = 4096;

StreamPlace place(std::uint64_t size, std::uint64_t seed = 1, unsigned thread = 0,
                  unsigned threads = 1)
{
    return {size, page, seed, thread, threads};
}

std::vector<std::uint64_t> first(const Pattern& pattern, const StreamPlace& where, int count)
{
    const auto stream = make_stream(pattern, where);
    stream->begin_iteration();
    std::vector<std::uint64_t> places;
    for (int i = 0; i < count; ++i) {
        places.push_back(stream->next().value());
    }
    return places;
}

Pattern pattern(std::string_view text)
{
    return parse_pattern(text).value();
}

} // namespace

TEST_CASE("the same seed is the same walk, another seed or thread another")
{
    for (const char* const name : {"random", "local", "window:512K", "zipf:0.8"}) {
        CAPTURE(name);
        const auto one = first(pattern(name), place(mib, 7), 100);
        CHECK(one == first(pattern(name), place(mib, 7), 100));
        CHECK(one != first(pattern(name), place(mib, 8), 100));
        CHECK(one != first(pattern(name), place(mib, 7, 1, 2), 100));
    }
}

TEST_CASE("the walk of a seed is the same with every library")
{
    // mt19937_64 is fixed by the standard: its first value for seed 5489.
    const auto stream = make_stream({}, place(~std::uint64_t{0}, 5489));
    CHECK(stream->next() == 14514284786278117030ULL - 1);

    using Places = std::vector<std::uint64_t>;
    CHECK(first(pattern("random"), place(mib), 4) == Places{140379, 143033, 473133, 22045});
    CHECK(first(pattern("local"), place(mib), 4) == Places{140379, 140419, 140554, 140560});
    CHECK(first(pattern("window:512K"), place(mib), 4) == Places{70189, 71516, 236566, 11022});
    CHECK(first(pattern("zipf:0.8"), place(mib), 4) == Places{282624, 28672, 376832, 208896});
}

TEST_CASE("every place is inside the memory")
{
    for (const char* const name :
         {"random", "local", "seq", "stride:100", "stride:5000", "window:8K", "zipf:1"}) {
        CAPTURE(name);
        const auto stream = make_stream(pattern(name), place(3 * page + 1));
        std::uint64_t outside = 0;
        for (int i = 0; i < 100'000; ++i) {
            if (i % 1000 == 0) {
                stream->begin_iteration();
            }
            outside += stream->next().value() > 3 * page ? 1 : 0;
        }
        CHECK(outside == 0);
    }
}

TEST_CASE("random: all places are as likely")
{
    std::vector<int> hits(16);
    for (const std::uint64_t at : first({}, place(mib), 160'000)) {
        ++hits[at / (mib / 16)];
    }
    // 10000 each; the standard deviation is 97.
    for (const int count : hits) {
        CHECK(std::abs(count - 10'000) < 485);
    }
}

TEST_CASE("local: one in five jumps, the others walk on by fewer than 300 bytes")
{
    constexpr std::uint64_t size = 1024 * mib;
    const auto places = first(pattern("local"), place(size), 10'000);
    int far = 0;
    for (std::size_t i = 1; i < places.size(); ++i) {
        const bool near = (places[i] + size - places[i - 1]) % size < 300;
        far += near ? 0 : 1;
        CHECK((near || i % 5 == 0));
    }
    CHECK(far > 1990);
    CHECK(far <= 2000);
}

TEST_CASE("seq is page after page, around the end")
{
    using Places = std::vector<std::uint64_t>;
    CHECK(first(pattern("seq"), place(3 * page), 5) == Places{0, page, 2 * page, 0, page});
    CHECK(first(pattern("seq"), place(2 * page + 1), 4) == Places{0, page, 2 * page, 0});
}

TEST_CASE("stride begins anew at its first place, threads an equal share apart")
{
    using Places = std::vector<std::uint64_t>;
    CHECK(first(pattern("stride:3000"), place(10'000), 5) == Places{0, 3000, 6000, 9000, 0});
    CHECK(first(pattern("stride:3000"), place(10'000, 1, 1, 2), 3) == Places{6000, 9000, 0});
}

TEST_CASE("window stays in its window for an iteration, then goes on")
{
    const auto stream = make_stream(pattern("window:8K"), place(5 * page));
    for (const std::uint64_t window : {0, 1, 2, 0, 1}) { // the third is of one page
        stream->begin_iteration();
        std::set<std::uint64_t> pages;
        for (int i = 0; i < 100; ++i) {
            pages.insert(*stream->next() / page);
        }
        CHECK(*pages.begin() == 2 * window);
        CHECK(pages.size() == (window == 2 ? 1 : 2));
    }
}

TEST_CASE("zipf: a page is as frequent as its rank has it, and pages are a permutation")
{
    constexpr int count = 200'000;
    std::map<std::uint64_t, int> hits;
    for (const std::uint64_t at : first(pattern("zipf:1"), place(100 * page), count)) {
        CHECK(at % page == 0);
        ++hits[at / page];
    }
    std::vector<int> by_rank;
    for (const auto& [where, times] : hits) {
        by_rank.push_back(times);
    }
    std::ranges::sort(by_rank, std::greater());
    REQUIRE(by_rank.size() == 100);
    // H(100) = 5.18738: 38555 of rank 1, 19278 of rank 2; deviations 176 and 132.
    CHECK(std::abs(by_rank[0] - 38'555) < 880);
    CHECK(std::abs(by_rank[1] - 19'278) < 660);
    CHECK(std::abs(by_rank[9] - 3'856) < 310);
}

TEST_CASE("the accesses of the exercise are those of an unseeded rand()")
{
    constexpr std::uint64_t size = 64 * mib;
    const auto random = make_exercise_stream(Walk::random, size, 1);
    CHECK(random->next() == 1804289383 % size); // the first of rand()
    CHECK(random->next() == 846930886 % size);

    std::srand(1);
    const auto local = make_exercise_stream(Walk::local, size, 1);
    int touching = 0;
    for (int i = 0; i < 10'000; ++i) {
        std::optional<std::uint64_t> wanted;
        if (std::rand() % 10 < 2) {
            wanted = static_cast<std::uint64_t>(std::rand()) % size;
            ++touching;
        } else {
            static_cast<void>(std::rand());
            static_cast<void>(std::rand());
        }
        REQUIRE(local->next() == wanted);
    }
    CHECK(touching > 1800);
    CHECK(touching < 2200);
}
