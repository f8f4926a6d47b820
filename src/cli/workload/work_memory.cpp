// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/work_memory.hpp"

#include "format/units.hpp"

#include <cerrno>
#include <memory>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

constexpr std::uint64_t mib = std::uint64_t{1} << 20;
constexpr std::size_t malloc_header = 16;

Result<MemoryMap> map_anonymous(std::uint64_t size, HugePages huge_pages)
{
    auto map = MemoryMap::anonymous(size);
    if (!map) {
        return fail("cannot get {} of memory: {}", human_bytes(size), errno_words(map.error()));
    }
    TRY(choose_pages(map->writable_bytes(), huge_pages));
    return std::move(*map);
}

Result<std::uint64_t> size_of(int fd, const std::string& path)
{
    struct stat status {
    };
    if (::fstat(fd, &status) < 0) {
        return fail("cannot look at {}: {}", path, errno_words(errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail("cannot map {}: it is not a regular file", path);
    }
    if (status.st_size == 0) {
        return fail("cannot map {}: it is empty", path);
    }
    return static_cast<std::uint64_t>(status.st_size);
}

} // namespace

Result<WorkMemory> WorkMemory::anonymous(std::uint64_t size, HugePages huge_pages)
{
    WorkMemory memory;
    memory.size_ = memory.block_size_ = size;
    const std::uint64_t unit = huge_pages == HugePages::always ? huge_page_bytes().value_or(1) : 1;
    // A huge page begins at a multiple of its size and lies in the map as a whole.
    std::size_t space = (size + unit - 1) / unit * unit + unit - 1;
    TRY_ASSIGN(MemoryMap map, map_anonymous(space, huge_pages));
    void* begin = map.writable_bytes().data();
    std::align(unit, size, begin, space);
    memory.blocks_.emplace_back(static_cast<std::byte*>(begin), size);
    memory.maps_.push_back(std::move(map));
    return memory;
}

Result<WorkMemory> WorkMemory::blocks(std::uint64_t size, HugePages huge_pages)
{
    WorkMemory memory;
    memory.size_ = size;
    memory.block_size_ = mib;
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    for (std::uint64_t block = 0; block < size / mib; ++block) {
        TRY_ASSIGN(MemoryMap map, map_anonymous(mib + page, huge_pages));
        const std::span<std::byte> bytes = map.writable_bytes();
        std::atomic_ref(bytes.front()).store(std::byte{1}, std::memory_order_relaxed);
        memory.blocks_.push_back(bytes.subspan(malloc_header, mib));
        memory.maps_.push_back(std::move(map));
    }
    return memory;
}

Result<WorkMemory> WorkMemory::file(const std::string& path, std::optional<std::uint64_t> size)
{
    WorkMemory memory;
    // O_NONBLOCK: a named pipe is refused below, not waited for.
    memory.file_ = UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!memory.file_) {
        return fail("cannot open {}: {}", path, errno_words(errno));
    }
    TRY_ASSIGN(const std::uint64_t whole, size_of(memory.file_.get(), path));
    if (size.value_or(whole) > whole) {
        return fail("cannot map {} of {}: it has only {} bytes", human_bytes(*size), path, whole);
    }
    memory.size_ = memory.block_size_ = size.value_or(whole);
    auto map = MemoryMap::of_file(memory.file_.get(), 0, memory.size_);
    if (!map) {
        return fail("cannot map {}: {}", path, errno_words(map.error()));
    }
    memory.disk_ = disk_of(memory.file_.get());
    memory.resident_ = drop_cache(memory.file_.get(), map->bytes());
    const std::span<std::byte> bytes = map->writable_bytes();
    if (::madvise(bytes.data(), bytes.size(), MADV_RANDOM) < 0) {
        return fail("cannot switch off read-ahead of {}: {}", path, errno_words(errno));
    }
    memory.blocks_.push_back(bytes);
    memory.maps_.push_back(std::move(*map));
    return memory;
}

std::string WorkMemory::why_resident() const
{
    return disk_ == Disk::none ? "its file system keeps files in memory; take a file on a disk"
                               : "dirty, locked, or mapped by another process";
}

} // namespace mp3prof
