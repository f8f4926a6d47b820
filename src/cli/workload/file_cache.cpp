// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/file_cache.hpp"

#include <algorithm>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

bool may_ask(int fd)
{
    struct stat status {
    };
    return ::fstat(fd, &status) == 0 &&
           (status.st_uid == ::geteuid() ||
            ::faccessat(fd, "", W_OK, AT_EACCESS | AT_EMPTY_PATH) == 0);
}

} // namespace

std::optional<std::uint64_t> resident_pages(int fd, std::span<const std::byte> map)
{
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    std::vector<unsigned char> states((map.size() + page - 1) / page);
    // It takes no const, but writes nothing there.
    void* const begin = const_cast<std::byte*>(map.data()); // NOLINT
    if (!may_ask(fd) || ::mincore(begin, map.size(), states.data()) < 0) {
        return std::nullopt;
    }
    return std::ranges::count_if(states, [](unsigned char state) { return (state & 1) != 0; });
}

std::optional<std::uint64_t> drop_cache(int fd, std::span<const std::byte> map)
{
    constexpr int attempts = 5;
    std::optional<std::uint64_t> resident;
    // Pages that wait in another CPU's list for the LRU are not taken at once.
    for (int attempt = 0; attempt < attempts && resident != 0; ++attempt) {
        if (attempt != 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        // Where they fail, the pages that stay tell.
        static_cast<void>(::fdatasync(fd));
        static_cast<void>(::posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED));
        resident = resident_pages(fd, map);
        if (!resident) {
            break;
        }
    }
    return resident;
}

Disk disk_of(int fd)
{
    struct statfs system {
    };
    const bool none = ::fstatfs(fd, &system) == 0 &&
                      (system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC);
    return none ? Disk::none : Disk::some;
}

} // namespace mp3prof
