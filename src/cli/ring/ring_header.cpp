// SPDX-License-Identifier: GPL-2.0-or-later
#include "ring/ring_header.hpp"

#include "ring/shared_word.hpp"

#include "mp3.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace mp3prof
{

namespace
{

constexpr std::uint32_t largest_record = 4096;
constexpr std::uint64_t largest_ring = std::uint64_t{1} << 40;

std::string text_from_uapi(const char* text, std::size_t size)
{
    return {text, ::strnlen(text, size)};
}

// What a sampler may have as an interval. More is damage; less than that can be
// added to a time, and multiplied, without an overflow.
nanoseconds interval_from_uapi(std::uint64_t ns)
{
    return std::min<nanoseconds>(time_from_uapi(ns), std::chrono::hours(24));
}

Status check_sizes(const mp3_header& header)
{
    if (header.header_size < sizeof(mp3_header) || header.data_offset < header.header_size ||
        header.data_offset % alignof(mp3_record) != 0) {
        return fail("the ring's header is damaged: header of {} bytes, records at {}",
                    header.header_size, header.data_offset);
    }
    if (header.record_size < sizeof(mp3_record) || header.record_size > largest_record ||
        header.record_size % alignof(mp3_record) != 0) {
        return fail("the ring's header is damaged: records of {} bytes", header.record_size);
    }
    if (header.capacity < 2 || !std::has_single_bit(std::uint64_t{header.capacity}) ||
        header.capacity > largest_ring / header.record_size || header.data_offset > largest_ring ||
        header.map_size > 2 * largest_ring ||
        header.map_size < header.data_offset + header.capacity * header.record_size) {
        return fail("the ring's header is damaged: {} records in a mapping of {} bytes",
                    header.capacity, header.map_size);
    }
    return {};
}

} // namespace

Result<RingInfo> read_ring_header(std::span<const std::byte> page)
{
    if (page.size() < sizeof(mp3_header)) {
        return fail("the ring's header is cut off at {} bytes", page.size());
    }
    if (reinterpret_cast<std::uintptr_t>(page.data()) % alignof(mp3_header) != 0) {
        return fail("the ring is not aligned in memory");
    }
    const auto header = load_shared_struct<mp3_header>(page.data());
    if (header.magic != MP3_MAGIC) {
        return fail("this is not a ring of mp3prof: its first word is {:#018x}", header.magic);
    }
    if (header.abi_major != MP3_ABI_MAJOR) {
        return fail("the loaded module speaks ABI {}.{}, this mp3prof speaks ABI {}.{}: another "
                    "version of the module is still loaded: sudo modprobe -r mp3 && sudo modprobe "
                    "mp3",
                    header.abi_major, header.abi_minor, MP3_ABI_MAJOR, MP3_ABI_MINOR);
    }
    TRY(check_sizes(header));
    return RingInfo{
        .abi_major = header.abi_major,
        .abi_minor = header.abi_minor,
        .capacity = header.capacity,
        .record_size = header.record_size,
        .data_offset = header.data_offset,
        .map_size = header.map_size,
        .loaded = time_from_uapi(header.start_ns),
        .max_tasks = header.max_tasks,
        .max_cpu_percent = header.max_cpu_percent,
        .min_interval = time_from_uapi(header.min_interval_ns),
        .max_interval = time_from_uapi(header.max_interval_ns),
        .default_interval = time_from_uapi(header.default_interval_ns),
        .version = text_from_uapi(static_cast<const char*>(header.version), MP3_VERSION_LEN),
    };
}

Figures read_figures(std::span<const std::byte> page)
{
    const std::byte* at = page.data() + offsetof(mp3_header, figures);
    // (G), pairs with (F): all records of `ticks` passes are below a head that
    // is read after this.
    const std::uint64_t ticks =
        shared(reinterpret_cast<const mp3_figures*>(at)->tick).load(std::memory_order_acquire);
    const auto figures = load_shared_struct<mp3_figures>(at);
    return Figures{
        .ticks = ticks,
        .last_tick = time_from_uapi(figures.last_tick_ns),
        .interval = interval_from_uapi(figures.interval_ns),
        .wish = interval_from_uapi(figures.wish_ns),
        .missed_ticks = figures.missed_ticks,
        .throttled_ticks = figures.throttled_ticks,
        .follow_failed = figures.follow_failed,
        .sampling = time_from_uapi(figures.sampling_ns),
        .tasks = figures.tasks,
    };
}

} // namespace mp3prof
