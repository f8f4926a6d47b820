// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/memory_map.hpp"

#include <cerrno>
#include <utility>

#include <sys/mman.h>

namespace mp3prof
{

tl::expected<MemoryMap, int> MemoryMap::of_file(int fd, off_t offset, std::size_t size)
{
    void* data = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, offset);
    if (data == MAP_FAILED) {
        return tl::unexpected<int>(errno);
    }
    return MemoryMap(static_cast<std::byte*>(data), size);
}

tl::expected<MemoryMap, int> MemoryMap::anonymous(std::size_t size)
{
    void* data = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED) {
        return tl::unexpected<int>(errno);
    }
    return MemoryMap(static_cast<std::byte*>(data), size);
}

MemoryMap::MemoryMap(MemoryMap&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0))
{
}

MemoryMap& MemoryMap::operator=(MemoryMap&& other) noexcept
{
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

MemoryMap::~MemoryMap()
{
    if (data_ != nullptr) {
        ::munmap(data_, size_);
    }
}

} // namespace mp3prof
