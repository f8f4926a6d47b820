// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/memory_map.hpp"
#include "sys/unique_fd.hpp"
#include "workload/file_cache.hpp"
#include "workload/huge_pages.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mp3prof
{

// The memory that a workload touches.
class WorkMemory
{
public:
    // One mapping of zeroed memory.
    [[nodiscard]] static Result<WorkMemory> anonymous(std::uint64_t size, HugePages huge_pages);
    // As malloc() gives the exercise's program its blocks of 1 MiB: each a
    // mapping of its own, that begins with a header, which is written.
    [[nodiscard]] static Result<WorkMemory> blocks(std::uint64_t size, HugePages huge_pages);
    // The first `size` bytes of a file, or all of it; read only, taken out of
    // the page cache, and without read-ahead: each page is read by itself.
    [[nodiscard]] static Result<WorkMemory> file(const std::string& path,
                                                 std::optional<std::uint64_t> size);

    // Writes the byte at an offset below size(); reads it if it is a file's.
    // Threads may touch the same one.
    void touch(std::uint64_t offset, std::byte value)
    {
        std::byte& byte = blocks_[offset / block_size_][offset % block_size_];
        const std::atomic_ref touched(byte);
        if (file_) {
            static_cast<void>(touched.load(std::memory_order_relaxed));
        } else {
            touched.store(value, std::memory_order_relaxed);
        }
    }

    [[nodiscard]] std::uint64_t size() const { return size_; }
    // Pages of a file that stayed in memory; nothing where that is not known.
    [[nodiscard]] std::optional<std::uint64_t> resident() const { return resident_; }
    // Whether a major fault of it is possible.
    [[nodiscard]] Disk disk() const { return disk_; }
    // Why pages of a file are in memory, for people.
    [[nodiscard]] std::string why_resident() const;

private:
    WorkMemory() = default;

    std::vector<MemoryMap> maps_;
    std::vector<std::span<std::byte>> blocks_; // each of block_size_, but for the last
    std::uint64_t block_size_ = 0;
    std::uint64_t size_ = 0;
    std::optional<std::uint64_t> resident_ = 0;
    Disk disk_ = Disk::some;
    UniqueFd file_;
};

} // namespace mp3prof
