// SPDX-License-Identifier: GPL-2.0-or-later
#include "ring/ring_reader.hpp"

#include "ring/ring_header.hpp"
#include "ring/shared_word.hpp"

#include "mp3.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mp3prof
{

namespace
{

Stage stage_from_uapi(std::uint32_t flags)
{
    if (flags == 0) { // most of them
        return {};
    }
    return {.first = (flags & MP3_RECORD_FIRST) != 0,
            .final = (flags & MP3_RECORD_FINAL) != 0,
            .exited = (flags & MP3_RECORD_EXITED) != 0,
            .followed = (flags & MP3_RECORD_FOLLOWED) != 0};
}

ProcessName name_from_uapi(const char* comm)
{
    const auto words = load_shared_struct<std::array<char, MP3_COMM_LEN>>(
        reinterpret_cast<const std::byte*>(comm));
    return std::string_view(words.data(), words.size());
}

// Straight from the ring, each field loaded once: a copy in between would cost
// as much as all the rest.
void copy_fields(const mp3_record& record, Sample& sample)
{
    sample.time = time_from_uapi(load_shared(record.time_ns));
    sample.start = time_from_uapi(load_shared(record.start_ns));
    sample.pid = static_cast<pid_t>(load_shared(record.pid));
    sample.ppid = static_cast<pid_t>(load_shared(record.ppid));
    sample.uid = load_shared(record.uid);
    sample.stage = stage_from_uapi(load_shared(record.flags));
    sample.minor_faults = load_shared(record.min_flt);
    sample.major_faults = load_shared(record.maj_flt);
    sample.cpu_ns = load_shared(record.cpu_ns);
    sample.utime_ns = load_shared(record.utime_ns);
    sample.stime_ns = load_shared(record.stime_ns);
    sample.rss_bytes = load_shared(record.rss_bytes);
    sample.swap_bytes = load_shared(record.swap_bytes);
    sample.voluntary_switches = load_shared(record.nvcsw);
    sample.involuntary_switches = load_shared(record.nivcsw);
    sample.threads = load_shared(record.threads);
    sample.comm = name_from_uapi(static_cast<const char*>(record.comm));
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
    return shared(reinterpret_cast<const mp3_header*>(ring_.data())->head)
        .load(std::memory_order_acquire);
}

std::uint64_t RingReader::oldest(std::uint64_t head) const
{
    return head - std::min(head, info_.capacity - 1);
}

inline bool RingReader::copy_record(std::uint64_t index, Sample& sample) const
{
    const std::uint64_t slot = index & (info_.capacity - 1);
    const auto& record = *reinterpret_cast<const mp3_record*>(ring_.data() + info_.data_offset +
                                                              slot * info_.record_size);
    const auto seq = shared(record.seq);

    // (C), pairs with (B): who sees seq == index + 1 sees the whole payload.
    if (seq.load(std::memory_order_acquire) != index + 1) {
        return false;
    }
    copy_fields(record, sample);
    // (E), pairs with (A): who copied a byte of a newer payload sees seq change.
    std::atomic_thread_fence(std::memory_order_acquire);
    return seq.load(std::memory_order_relaxed) == index + 1;
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
    samples_.resize(std::max<std::size_t>(samples_.size(), end - next_));
    Sample* sample = samples_.data();
    while (next_ < end) {
        if (copy_record(next_, *sample)) {
            ++sample;
            ++next_;
        } else {
            // Overwritten under our hands. The producer is at least a whole
            // ring ahead of this index; going on from its head costs no more
            // than what is lost anyway.
            skip_to(std::max(next_ + 1, oldest(head())));
        }
    }
    result.samples = {samples_.data(), sample};
    return result;
}

} // namespace mp3prof
