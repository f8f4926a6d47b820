// SPDX-License-Identifier: GPL-2.0-or-later
// mp3-bench-reader - how fast the tool's own ring reader is on this machine: over
// an image of a ring in memory, in batches of so many records. Prints what it
// allocates as well; who counts system calls runs it under strace.
#include "ring/ring_reader.hpp"

#include "ring_image.hpp"

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

mp3_record record_of(std::uint64_t index)
{
    mp3_record record{};
    record.time_ns = index / 1000 * 50'000'000;
    record.pid = static_cast<__u32>(1000 + index % 1000);
    record.start_ns = record.pid;
    record.min_flt = index;
    record.cpu_ns = index * 1000;
    std::memcpy(record.comm, "fifteen-letters", sizeof record.comm);
    return record;
}

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
    test::RingImage image(capacity);
    auto reader = RingReader::open(image.bytes());
    if (!reader) {
        std::printf("mp3-bench-reader: %s\n", reader.error().message.c_str());
        std::exit(1);
    }
    Tally tally;
    tally.rates.reserve(batches);
    for (std::uint64_t head = batch; head <= batch * batches; head += batch) {
        for (std::uint64_t index = head - batch; index < head; ++index) {
            image.publish(record_of(index));
        }
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
