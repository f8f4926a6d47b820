// SPDX-License-Identifier: GPL-2.0-or-later
// mp3-bench-reader - how fast the tool's own ring reader is on this machine: over
// an image of a ring in memory, in batches of so many records. Prints what it
// allocates as well; who counts system calls runs it under strace.
#include "ring/ring_reader.hpp"

#include "mp3.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

static std::uint64_t allocations = 0;

void* operator new(std::size_t size)
{
    ++allocations;
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc{};
}

void operator delete(void* memory) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace
{

using namespace mp3prof;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t capacity = 65'536;
constexpr std::size_t page = 4096;

mp3_record record_of(std::uint64_t index)
{
    mp3_record record{};
    record.seq = index + 1;
    record.time_ns = index / 1000 * 50'000'000;
    record.pid = static_cast<__u32>(1000 + index % 1000);
    record.start_ns = record.pid;
    record.min_flt = index;
    record.cpu_ns = index * 1000;
    std::memcpy(record.comm, "fifteen-letters", sizeof record.comm);
    return record;
}

// A ring in which `head` records were published.
class Image
{
public:
    explicit Image(std::uint64_t head) : bytes_((page + capacity * sizeof(mp3_record)) / 8)
    {
        mp3_header header{};
        header.magic = MP3_MAGIC;
        header.abi_major = MP3_ABI_MAJOR;
        header.abi_minor = MP3_ABI_MINOR;
        header.header_size = sizeof(mp3_header);
        header.record_size = sizeof(mp3_record);
        header.clock_id = 1;
        header.capacity = capacity;
        header.data_offset = page;
        header.map_size = bytes_.size() * 8;
        header.max_interval_ns = 1'000'000'000;
        header.default_interval_ns = 50'000'000;
        header.min_interval_ns = 1'000'000;
        std::memcpy(bytes_.data(), &header, sizeof header);
        publish(0, head);
    }

    // The records of those indexes, then the head.
    void publish(std::uint64_t from, std::uint64_t head)
    {
        for (std::uint64_t index = from; index < head; ++index) {
            const mp3_record record = record_of(index);
            std::memcpy(at(page + index % capacity * sizeof record), &record, sizeof record);
        }
        std::memcpy(at(offsetof(mp3_header, head)), &head, sizeof head);
    }

    [[nodiscard]] std::span<const std::byte> bytes() const
    {
        return std::as_bytes(std::span{bytes_});
    }

private:
    std::byte* at(std::size_t offset)
    {
        return reinterpret_cast<std::byte*>(bytes_.data()) + offset;
    }

    std::vector<std::uint64_t> bytes_;
};

struct Speed {
    std::uint64_t records = 0;
    double per_second = 0;
    double allocations = 0; // for each record
};

// Reads many ring fulls in batches of that size; only the reading is timed.
Speed read_batches(std::uint64_t batch)
{
    Image image(0);
    auto reader = RingReader::open(image.bytes());
    if (!reader) {
        std::printf("mp3-bench-reader: %s\n", reader.error().message.c_str());
        std::exit(1);
    }
    std::uint64_t read = 0;
    std::uint64_t allocated = 0;
    std::uint64_t checksum = 0;
    Clock::duration spent{};
    for (std::uint64_t head = batch; head < 32 * capacity; head += batch) {
        image.publish(head - batch, head);
        const std::uint64_t allocations_before = allocations;
        const auto begin = Clock::now();
        const auto result = reader->read();
        spent += Clock::now() - begin;
        allocated += allocations - allocations_before;
        if (!result || result->missed != 0) {
            std::printf("mp3-bench-reader: the image is not read as a ring\n");
            std::exit(1);
        }
        read += result->samples.size();
        checksum += result->samples.back().minor_faults;
    }
    if (checksum == 0) {
        std::exit(1);
    }
    const auto count = static_cast<double>(read);
    return {read, count / std::chrono::duration<double>(spent).count(),
            static_cast<double>(allocated) / count};
}

} // namespace

int main()
{
    Speed best; // what else the machine does can only slow it
    std::uint64_t records = 0;
    for (int round = 0; round < 9; ++round) {
        const Speed speed = read_batches(1000);
        records += speed.records;
        if (speed.per_second > best.per_second) {
            best = speed;
        }
    }
    std::printf("figure: reader.records %.0f\n", static_cast<double>(records));
    std::printf("figure: reader.per_second %.4g\n", best.per_second);
    std::printf("figure: reader.allocations %.4g\n", best.allocations);
}
