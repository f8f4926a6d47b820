// SPDX-License-Identifier: GPL-2.0-or-later
#include "ring/ring_header.hpp"
#include "ring/ring_reader.hpp"
#include "ring_image.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <limits>
#include <random>

using namespace mp3prof;
using namespace mp3prof::test;

TEST_CASE("a sound header is read whole, from its first page alone")
{
    RingImage ring(16);
    ring.header().start_ns = 42;
    const auto info = read_ring_header(ring.bytes().first(4096));
    REQUIRE(info);
    CHECK(info->capacity == 16);
    CHECK(info->record_size == 128);
    CHECK(info->data_offset == 4096);
    CHECK(info->map_size == 4096 + 16 * 128);
    CHECK(info->loaded.count() == 42);
    CHECK(info->min_interval.count() == 1'000'000);
    CHECK(info->version == "1.2.3");
}

TEST_CASE("figures arrive under their names")
{
    RingImage ring(2);
    ring.header().figures = mp3_figures{.tick = 1,
                                        .last_tick_ns = 2,
                                        .interval_ns = 3,
                                        .wish_ns = 4,
                                        .missed_ticks = 5,
                                        .throttled_ticks = 6,
                                        .follow_failed = 7,
                                        .sampling_ns = 8,
                                        .tasks = 9,
                                        .reserved32 = 0,
                                        .reserved = {}};
    const Figures figures = read_figures(ring.bytes());
    CHECK(figures.ticks == 1);
    CHECK(figures.last_tick.count() == 2);
    CHECK(figures.interval.count() == 3);
    CHECK(figures.wish.count() == 4);
    CHECK(figures.missed_ticks == 5);
    CHECK(figures.throttled_ticks == 6);
    CHECK(figures.follow_failed == 7);
    CHECK(figures.sampling.count() == 8);
    CHECK(figures.tasks == 9);
}

TEST_CASE("a module of another major version is refused with what mends it")
{
    RingImage ring(2);
    ring.header().abi_major = 2;
    ring.header().abi_minor = 3;
    const auto info = read_ring_header(ring.bytes());
    REQUIRE_FALSE(info);
    CHECK(info.error().message.find("ABI 2.3") != std::string::npos);
    CHECK(info.error().message.find("ABI 1.0") != std::string::npos);
    CHECK(info.error().message.find("sudo modprobe -r mp3 && sudo modprobe mp3") !=
          std::string::npos);
}

TEST_CASE("a later minor version with a larger header is fine")
{
    RingImage ring(2);
    ring.header().abi_minor = 9;
    ring.header().header_size = 1024;
    CHECK(read_ring_header(ring.bytes()));
}

TEST_CASE("a damaged header is refused")
{
    const std::vector<std::function<void(mp3_header&)>> damages = {
        [](mp3_header& h) { h.magic = 0; },
        [](mp3_header& h) { h.abi_major = 0; },
        [](mp3_header& h) { h.header_size = 100; },
        [](mp3_header& h) { h.header_size = 8192; },
        [](mp3_header& h) { h.record_size = 0; },
        [](mp3_header& h) { h.record_size = 120; },
        [](mp3_header& h) { h.record_size = 132; },
        [](mp3_header& h) { h.record_size = 1 << 30; },
        [](mp3_header& h) { h.capacity = 0; },
        [](mp3_header& h) { h.capacity = 1; },
        [](mp3_header& h) { h.capacity = 12; },
        [](mp3_header& h) { h.capacity = std::uint64_t{1} << 63; },
        [](mp3_header& h) { h.data_offset = 64; },
        [](mp3_header& h) { h.data_offset = 4100; },
        [](mp3_header& h) { h.data_offset = ~std::uint64_t{7}; },
        [](mp3_header& h) { h.map_size = 4096; },
        [](mp3_header& h) { h.map_size = ~std::uint64_t{0}; },
    };
    for (std::size_t i = 0; i < damages.size(); ++i) {
        CAPTURE(i);
        RingImage ring(16);
        damages[i](ring.header());
        CHECK_FALSE(read_ring_header(ring.bytes()));
    }
}

TEST_CASE("a page that is too short or not aligned is refused")
{
    RingImage ring(2);
    CHECK_FALSE(read_ring_header(ring.bytes().first(100)));
    CHECK_FALSE(read_ring_header(ring.bytes().subspan(4)));
}

TEST_CASE("times beyond any clock do not overflow")
{
    CHECK(time_from_uapi(5).count() == 5);
    const nanoseconds far = time_from_uapi(~std::uint64_t{0});
    CHECK((far + far).count() > 0);
    CHECK((time_from_uapi(0) - far - far).count() < 0);
}

TEST_CASE("intervals beyond a day are damage, and can still be reckoned with")
{
    RingImage ring(2);
    ring.header().figures.interval_ns = ~std::uint64_t{0};
    ring.header().figures.wish_ns = 50'000'000;
    const Figures figures = read_figures(ring.bytes());
    CHECK(figures.interval == std::chrono::hours(24));
    CHECK(figures.wish == std::chrono::milliseconds(50));
}

// Whatever the header says, opening and reading end without a wild access; the
// sanitizers watch.
TEST_CASE("random headers are refused or read in bounds")
{
    std::mt19937_64 random(1);
    for (int round = 0; round < 20'000; ++round) {
        RingImage ring(8);
        auto* bytes = reinterpret_cast<unsigned char*>(&ring.header());
        for (int hits = 0; hits < 3; ++hits) {
            // Behind the magic and the version: those would end it at once.
            bytes[12 + random() % (sizeof(mp3_header) - 12)] =
                static_cast<unsigned char>(random() >> 32);
        }
        auto reader = RingReader::open(ring.bytes());
        if (reader) {
            const auto read = reader->read();
            REQUIRE((!read || read->samples.size() <= 8));
        }
    }
}
