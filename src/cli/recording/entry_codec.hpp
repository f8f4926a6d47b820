// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "recording/recording.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace mp3prof
{

// Entries as bytes: fixed in size, little-endian, each with a check sum and a
// number of its own. The offsets are those of mp3prof-record(5).

inline constexpr std::size_t entry_size = 128;
// Of an entry in a file of a later minor version, at most.
inline constexpr std::size_t largest_entry = 4096;

// CRC-32 as in zlib.
[[nodiscard]] std::uint32_t check_sum(std::span<const std::byte> bytes);

// Writes the entry that is number `sequence` into `bytes`, entry_size of them.
void encode_entry(const RecordingEntry& entry, std::uint32_t sequence, std::span<std::byte> bytes);

// An entry that has passed its check sum.
struct DecodedEntry {
    std::uint32_t sequence = 0;
    std::optional<RecordingEntry> entry; // nothing for a kind that we do not know
};

// Nothing when the check sum says that these bytes are no whole entry. `bytes`
// are at least entry_size.
[[nodiscard]] std::optional<DecodedEntry> decode_entry(std::span<const std::byte> bytes);

} // namespace mp3prof
