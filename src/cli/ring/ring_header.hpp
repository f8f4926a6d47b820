// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ring/sample.hpp"
#include "sys/error.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>

namespace mp3prof
{

// Reads the constant part of the header from the first bytes of a ring and
// checks every figure of it, so that its sizes can be trusted afterwards.
// `page` needs to hold the header only, not the records.
[[nodiscard]] Result<RingInfo> read_ring_header(std::span<const std::byte> page);

// The changing part. `page` is one that read_ring_header() has accepted.
[[nodiscard]] Figures read_figures(std::span<const std::byte> page);

// A u64 of the kernel as a time; what no clock can show becomes the far future.
[[nodiscard]] inline nanoseconds time_from_uapi(std::uint64_t ns)
{
    // Half of the range, so that sums of two times cannot overflow.
    constexpr auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() / 2);
    return nanoseconds(static_cast<std::int64_t>(std::min(ns, limit)));
}

} // namespace mp3prof
