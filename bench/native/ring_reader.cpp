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

// What reading a ring in batches has shown.
struct Tally {
    std::uint64_t records = 0;
    std::uint64_t allocations = 0;
    std::uint64_t checksum = 0;
    std::vector<double> rates; // records a second, of each batch
};

// Reads many ring fulls; only the reading is timed.
Tally read_batches(std::uint64_t batch, std::uint64_t batches)
{
    Image image(0);
    auto reader = RingReader::open(image.bytes());
    if (!reader) {
        std::printf("mp3-bench-reader: %s\n", reader.error().message.c_str());
        std::exit(1);
    }
    Tally tally;
    tally.rates.reserve(batches);
    for (std::uint64_t head = batch; head <= batch * batches; head += batch) {
        image.publish(head - batch, head);
        const std::uint64_t before = allocations;
        const auto begin = Clock::now();
        const auto result = reader->read();
        const std::chrono::duration<double> spent = Clock::now() - begin;
        tally.allocations += allocations - before;
        if (!result || result->samples.size() != batch) {
            std::printf("mp3-bench-reader: the image is not read as a ring\n");
            std::exit(1);
        }
        tally.records += batch;
        tally.checksum += result->samples.back().minor_faults;
        tally.rates.push_back(static_cast<double>(batch) / spent.count());
    }
    return tally;
}

} // namespace

int main()
{
    Tally tally = read_batches(1'000, 20'000);
    // The median: whatever else the machine does stretches some of the batches.
    const auto middle = tally.rates.begin() + static_cast<std::ptrdiff_t>(tally.rates.size() / 2);
    std::nth_element(tally.rates.begin(), middle, tally.rates.end());
    const auto records = static_cast<double>(tally.records);
    std::printf("figure: reader.records %.0f\n", records);
    std::printf("figure: reader.per_second %.4g\n", *middle);
    std::printf("figure: reader.allocations %.4g\n",
                static_cast<double>(tally.allocations) / records);
    return tally.checksum > 0 ? 0 : 1;
}
