// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"

#include <cstddef>
#include <span>

#include <sys/types.h>

namespace mp3prof
{

// Owns a mapping; unmaps it at the end.
class MemoryMap
{
public:
    // A read-only shared view of `size` bytes of an open file.
    static tl::expected<MemoryMap, int> of_file(int fd, off_t offset, std::size_t size);
    // Private zeroed memory, writable.
    static tl::expected<MemoryMap, int> anonymous(std::size_t size);

    MemoryMap(MemoryMap&& other) noexcept;
    MemoryMap& operator=(MemoryMap&& other) noexcept;
    MemoryMap(const MemoryMap&) = delete;
    MemoryMap& operator=(const MemoryMap&) = delete;
    ~MemoryMap();

    [[nodiscard]] std::span<const std::byte> bytes() const { return {data_, size_}; }
    // Only for anonymous memory; a view of a file faults on a write.
    [[nodiscard]] std::span<std::byte> writable_bytes() { return {data_, size_}; }

private:
    MemoryMap(std::byte* data, std::size_t size) : data_(data), size_(size) {}
    std::byte* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace mp3prof
