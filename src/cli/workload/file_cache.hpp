// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace mp3prof
{

// The pages of a mapped file that are in memory; nothing where the kernel does
// not tell, which it does for the owner of a file and who may write to it only
// (since Linux 5.2 mincore() calls all pages of others resident).
[[nodiscard]] std::optional<std::uint64_t> resident_pages(int fd, std::span<const std::byte> map);

// Takes a file out of the page cache, so that its pages must be read again; what
// is not written to its disk yet is written first. Gives what stays, counted as
// by resident_pages(). No page of the map must have been touched.
[[nodiscard]] std::optional<std::uint64_t> drop_cache(int fd, std::span<const std::byte> map);

// Whether a file lies on something from where it is read. A tmpfs keeps its
// files in memory, where no fault is a major one.
enum class Disk { none, some };
[[nodiscard]] Disk disk_of(int fd);

} // namespace mp3prof
