// SPDX-License-Identifier: GPL-2.0-or-later
#include "ring/ring_reader.hpp"

#include "ring/ring_header.hpp"
#include "ring/shared_word.hpp"

#include "mp3.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace mp3prof
{

namespace
{

Sample sample_from_uapi(const mp3_record& record)
{
    const char* comm = static_cast<const char*>(record.comm);
    return Sample{
        .time = time_from_uapi(record.time_ns),
        .start = time_from_uapi(record.start_ns),
        .pid = static_cast<pid_t>(record.pid),
        .ppid = static_cast<pid_t>(record.ppid),
        .uid = record.uid,
        .stage = {.first = (record.flags & MP3_RECORD_FIRST) != 0,
                  .final = (record.flags & MP3_RECORD_FINAL) != 0,
                  .exited = (record.flags & MP3_RECORD_EXITED) != 0,
                  .followed = (record.flags & MP3_RECORD_FOLLOWED) != 0},
        .minor_faults = record.min_flt,
        .major_faults = record.maj_flt,
        .cpu_ns = record.cpu_ns,
        .utime_ns = record.utime_ns,
        .stime_ns = record.stime_ns,
        .rss_bytes = record.rss_bytes,
        .swap_bytes = record.swap_bytes,
        .voluntary_switches = record.nvcsw,
        .involuntary_switches = record.nivcsw,
        .threads = record.threads,
        .comm = std::string(comm, ::strnlen(comm, MP3_COMM_LEN)),
    };
}

} // namespace

Result<RingReader> RingReader::open(std::span<const std::byte> ring)
{
    TRY_ASSIGN(RingInfo info, read_ring_header(ring));
    if (ring.size() < info.map_size) {
        return fail("the ring is cut off: {} bytes of {} are mapped", ring.size(), info.map_size);
    }
    return RingReader(ring, std::move(info));
}

RingReader::RingReader(std::span<const std::byte> ring, RingInfo info)
    : ring_(ring), info_(std::move(info)), next_(oldest(head()))
{
}

Figures RingReader::figures() const
{
    return read_figures(ring_);
}

std::uint64_t RingReader::head() const
{
    // (D), pairs with (C'): who sees head > i sees seq == i + 1 or a later one.
    return shared_word(ring_.data() + offsetof(mp3_header, head)).load(std::memory_order_acquire);
}

std::uint64_t RingReader::oldest(std::uint64_t head) const
{
    return head - std::min(head, info_.capacity - 1);
}

bool RingReader::copy_record(std::uint64_t index, Sample& sample) const
{
    const std::uint64_t slot = index & (info_.capacity - 1);
    const std::byte* at = ring_.data() + info_.data_offset + slot * info_.record_size;
    const auto seq = shared_word(at + offsetof(mp3_record, seq));

    // (C), pairs with (B): who sees seq == index + 1 sees the whole payload.
    if (seq.load(std::memory_order_acquire) != index + 1) {
        return false;
    }
    mp3_record record{};
    copy_shared_words(&record, at, sizeof(record));
    // (E), pairs with (A): who copied a byte of a newer payload sees seq change.
    std::atomic_thread_fence(std::memory_order_acquire);
    if (seq.load(std::memory_order_relaxed) != index + 1) {
        return false;
    }
    sample = sample_from_uapi(record);
    return true;
}

Result<RingReader::Read> RingReader::read()
{
    Read result;
    const std::uint64_t end = head();
    if (end < next_) {
        return fail("the ring is damaged: {} records published, {} of them read already", end,
                    next_);
    }
    const auto skip_to = [&](std::uint64_t index) {
        result.missed += index - next_;
        next_ = index;
    };
    skip_to(std::max(next_, oldest(end)));
    result.samples.reserve(static_cast<std::size_t>(end - next_));
    while (next_ < end) {
        Sample sample;
        if (copy_record(next_, sample)) {
            result.samples.push_back(std::move(sample));
            ++next_;
        } else {
            // Overwritten under our hands. The producer is at least a whole
            // ring ahead of this index; going on from its head costs no more
            // than what is lost anyway.
            skip_to(std::max(next_ + 1, oldest(head())));
        }
    }
    return result;
}

} // namespace mp3prof
