// SPDX-License-Identifier: GPL-2.0-or-later
#include "ring/ring_reader.hpp"
#include "ring_image.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

RingReader open_reader(const RingImage& ring)
{
    auto reader = RingReader::open(ring.bytes());
    REQUIRE(reader);
    return *reader;
}

std::vector<std::uint64_t> faults_of(const RingReader::Read& read)
{
    std::vector<std::uint64_t> faults;
    for (const Sample& sample : read.samples) {
        faults.push_back(sample.minor_faults);
    }
    return faults;
}

using Faults = std::vector<std::uint64_t>;

} // namespace

TEST_CASE("an empty ring has nothing to read")
{
    RingImage ring(8);
    RingReader reader = open_reader(ring);
    const auto read = reader.read();
    REQUIRE(read);
    CHECK(read->samples.empty());
    CHECK(read->missed == 0);
}

TEST_CASE("records come once, in order")
{
    RingImage ring(8);
    ring.publish(record_of(1, 10));
    RingReader reader = open_reader(ring);
    ring.publish(record_of(1, 11));
    CHECK(faults_of(*reader.read()) == Faults{10, 11});
    ring.publish(record_of(1, 12));
    CHECK(faults_of(*reader.read()) == Faults{12});
    CHECK(faults_of(*reader.read()).empty());
}

TEST_CASE("every field of a record arrives")
{
    RingImage ring(2);
    mp3_record record{};
    record.time_ns = 1;
    record.start_ns = 2;
    record.pid = 3;
    record.ppid = 4;
    record.uid = 5;
    record.flags = MP3_RECORD_FINAL | MP3_RECORD_FOLLOWED;
    record.min_flt = 6;
    record.maj_flt = 7;
    record.cpu_ns = 8;
    record.utime_ns = 9;
    record.stime_ns = 10;
    record.rss_bytes = 11;
    record.swap_bytes = 12;
    record.nvcsw = 13;
    record.nivcsw = 14;
    record.threads = 15;
    std::memcpy(static_cast<char*>(record.comm), "exactly_15_long", MP3_COMM_LEN);
    ring.publish(record);
    RingReader reader = open_reader(ring);
    const auto read = reader.read();
    REQUIRE(read->samples.size() == 1);
    const Sample& sample = read->samples[0];
    CHECK(sample.time.count() == 1);
    CHECK(sample.start.count() == 2);
    CHECK(sample.pid == 3);
    CHECK(sample.ppid == 4);
    CHECK(sample.uid == 5);
    CHECK(sample.stage == Stage{.final = true, .followed = true});
    CHECK(sample.minor_faults == 6);
    CHECK(sample.major_faults == 7);
    CHECK(sample.cpu_ns == 8);
    CHECK(sample.utime_ns == 9);
    CHECK(sample.stime_ns == 10);
    CHECK(sample.rss_bytes == 11);
    CHECK(sample.swap_bytes == 12);
    CHECK(sample.voluntary_switches == 13);
    CHECK(sample.involuntary_switches == 14);
    CHECK(sample.threads == 15);
    CHECK(sample.comm == "exactly_15_long");
}

TEST_CASE("a name without its zero byte ends with the field")
{
    RingImage ring(2);
    mp3_record record{};
    std::memset(static_cast<char*>(record.comm), 'x', MP3_COMM_LEN);
    ring.publish(record);
    RingReader reader = open_reader(ring);
    CHECK(reader.read()->samples.front().comm == std::string(MP3_COMM_LEN, 'x'));
}

TEST_CASE("a new reader begins at the oldest record and has missed nothing")
{
    RingImage ring(4);
    for (std::uint64_t i = 0; i < 10; ++i) {
        ring.publish(record_of(1, i));
    }
    RingReader reader = open_reader(ring);
    const auto read = reader.read();
    // One slot less than the capacity: the next one to be written is not safe.
    CHECK(faults_of(*read) == Faults{7, 8, 9});
    CHECK(read->missed == 0);
}

TEST_CASE("an overrun is counted exactly")
{
    RingImage ring(4);
    RingReader reader = open_reader(ring);
    for (std::uint64_t i = 0; i < 3; ++i) {
        ring.publish(record_of(1, i));
    }
    SUBCASE("as many as fit: none missed")
    {
        const auto read = reader.read();
        CHECK(faults_of(*read) == Faults{0, 1, 2});
        CHECK(read->missed == 0);
    }
    SUBCASE("one more: one missed")
    {
        ring.publish(record_of(1, 3));
        const auto read = reader.read();
        CHECK(faults_of(*read) == Faults{1, 2, 3});
        CHECK(read->missed == 1);
    }
    SUBCASE("many times around")
    {
        for (std::uint64_t i = 3; i < 1000; ++i) {
            ring.publish(record_of(1, i));
        }
        const auto read = reader.read();
        CHECK(faults_of(*read) == Faults{997, 998, 999});
        CHECK(read->missed == 997);
        CHECK(reader.read()->missed == 0);
    }
}

TEST_CASE("a slot that is being written counts as missed and does not hold the reader")
{
    RingImage ring(8);
    RingReader reader = open_reader(ring);
    for (std::uint64_t i = 0; i < 5; ++i) {
        ring.publish(record_of(1, i));
    }
    ring.slot(2).seq = 0;
    const auto read = reader.read();
    CHECK(faults_of(*read) == Faults{0, 1, 3, 4});
    CHECK(read->missed == 1);
}

TEST_CASE("records larger than ours are stepped over as the header says")
{
    RingImage ring(8);
    ring.header().record_size = 256;
    ring.header().capacity = 4;
    auto reader = RingReader::open(ring.bytes());
    REQUIRE(reader);
    ring.slot(0) = record_of(1, 5);
    ring.slot(0).seq = 1;
    ring.slot(2) = record_of(1, 6); // 2 * 128 = 1 * 256
    ring.slot(2).seq = 2;
    ring.header().head = 2;
    CHECK(faults_of(*reader->read()) == Faults{5, 6});
}

TEST_CASE("a head that goes back is an error")
{
    RingImage ring(8);
    ring.publish(record_of(1, 1));
    ring.publish(record_of(1, 2));
    RingReader reader = open_reader(ring);
    REQUIRE(reader.read());
    ring.header().head = 1;
    CHECK_FALSE(reader.read());
}

TEST_CASE("an absurd head ends and stays in bounds")
{
    RingImage ring(8);
    RingReader reader = open_reader(ring);
    ring.header().head = ~std::uint64_t{0};
    const auto read = reader.read();
    REQUIRE(read);
    CHECK(read->samples.empty());
    CHECK(read->missed == ~std::uint64_t{0});
}

TEST_CASE("a mapping shorter than the header says is refused")
{
    RingImage ring(8);
    const auto reader = RingReader::open(ring.bytes().first(ring.bytes().size() - 8));
    REQUIRE_FALSE(reader);
    CHECK(reader.error().message.find("cut off") != std::string::npos);
}

// The producer runs as fast as it can, the reader too: whatever arrives is
// whole, in order, and together with what is missed it is everything. Under TSan
// it also shows that no access races.
TEST_CASE("a reader against a running producer")
{
    constexpr std::uint64_t count = 200'000;
    RingImage ring(64);
    RingReader reader = open_reader(ring);
    std::thread producer([&] {
        for (std::uint64_t i = 0; i < count; ++i) {
            mp3_record record = record_of(7, i);
            record.maj_flt = ~i;
            record.rss_bytes = i * 3;
            ring.publish(record);
            ring.end_tick(i + 1);
        }
    });
    std::uint64_t seen = 0;
    std::uint64_t missed = 0;
    std::uint64_t torn = 0;
    std::uint64_t disordered = 0;
    std::uint64_t behind_tick = 0;
    std::uint64_t next = 0;
    while (seen + missed < count) {
        const std::uint64_t ticks = reader.figures().ticks;
        const auto read = reader.read();
        REQUIRE(read);
        for (const Sample& sample : read->samples) {
            const std::uint64_t i = sample.minor_faults;
            torn += sample.major_faults != ~i || sample.rss_bytes != i * 3 ? 1 : 0;
            disordered += i < next ? 1 : 0;
            next = i + 1;
        }
        seen += read->samples.size();
        missed += read->missed;
        behind_tick += seen + missed < ticks ? 1 : 0;
    }
    producer.join();
    CHECK(seen + missed == count);
    CHECK(torn == 0);
    CHECK(disordered == 0);
    CHECK(behind_tick == 0);
    CHECK(next == count);
}
