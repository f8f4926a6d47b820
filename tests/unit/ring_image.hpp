// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "mp3.h"

#include <atomic>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>

namespace mp3prof::test
{

// A ring in memory with a producer that keeps to the protocol in uapi/mp3.h.
class RingImage
{
public:
    static constexpr std::size_t data_offset = 4096;

    explicit RingImage(std::uint64_t capacity)
        : size_(data_offset + capacity * sizeof(mp3_record)),
          words_(std::make_unique<std::uint64_t[]>(size_ / 8))
    {
        mp3_header& header = *reinterpret_cast<mp3_header*>(words_.get());
        header.magic = MP3_MAGIC;
        header.abi_major = MP3_ABI_MAJOR;
        header.abi_minor = MP3_ABI_MINOR;
        header.header_size = sizeof(mp3_header);
        header.record_size = sizeof(mp3_record);
        header.clock_id = 1;
        header.capacity = capacity;
        header.data_offset = data_offset;
        header.map_size = size_;
        header.min_interval_ns = 1'000'000;
        header.max_interval_ns = 1'000'000'000;
        header.default_interval_ns = 50'000'000;
        header.max_tasks = 16384;
        header.max_cpu_percent = 5;
        std::strcpy(static_cast<char*>(header.version), "1.2.3");
    }

    [[nodiscard]] std::span<const std::byte> bytes() const
    {
        return {reinterpret_cast<const std::byte*>(words_.get()), size_};
    }
    // For tests that damage it; not while anybody reads.
    mp3_header& header() { return *reinterpret_cast<mp3_header*>(words_.get()); }
    mp3_record& slot(std::uint64_t index)
    {
        return *reinterpret_cast<mp3_record*>(
            reinterpret_cast<std::byte*>(words_.get()) + data_offset +
            (index & (header().capacity - 1)) * sizeof(mp3_record));
    }

    void publish(mp3_record record)
    {
        std::uint64_t* to = reinterpret_cast<std::uint64_t*>(&slot(index_));
        std::atomic_ref(to[0]).store(0, std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_release); // (A)
        std::uint64_t from[sizeof(mp3_record) / 8];
        std::memcpy(from, &record, sizeof(record));
        for (std::size_t i = 1; i < std::size(from); ++i) {
            std::atomic_ref(to[i]).store(from[i], std::memory_order_relaxed);
        }
        ++index_;
        std::atomic_ref(to[0]).store(index_, std::memory_order_release);       // (B)
        std::atomic_ref(head_word()).store(index_, std::memory_order_release); // (C')
    }

    void end_tick(std::uint64_t tick)
    {
        std::atomic_ref(tick_word()).store(tick, std::memory_order_release); // (F)
    }

private:
    std::uint64_t& head_word() { return words_[offsetof(mp3_header, head) / 8]; }
    std::uint64_t& tick_word()
    {
        return words_[(offsetof(mp3_header, figures) + offsetof(mp3_figures, tick)) / 8];
    }

    std::size_t size_;
    std::unique_ptr<std::uint64_t[]> words_;
    std::uint64_t index_ = 0; // the producer's own, never read back
};

inline mp3_record record_of(std::uint32_t pid, std::uint64_t min_flt)
{
    mp3_record record{};
    record.pid = pid;
    record.min_flt = min_flt;
    return record;
}

} // namespace mp3prof::test
