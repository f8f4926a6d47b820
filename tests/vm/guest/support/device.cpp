// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/device.hpp"

#include "support/clock.hpp"

#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

namespace guest
{

std::size_t page_size()
{
    return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

void* bad_address()
{
    volatile std::uintptr_t address = 8;
    return reinterpret_cast<void*>(address);
}

bool prepare_node()
{
    struct stat st {
    };
    if (stat(device_path, &st) != 0)
        return false;
    constexpr gid_t group_of_the_guest = 1500;
    if (st.st_gid != 0)
        return true;
    return chown(device_path, 0, group_of_the_guest) == 0 && chmod(device_path, 0660) == 0;
}

gid_t device_gid()
{
    struct stat st {
    };
    return stat(device_path, &st) == 0 ? st.st_gid : 0;
}

Fd open_device(int flags)
{
    return Fd{open(device_path, O_RDWR | O_CLOEXEC | flags)};
}

int set_interval(int fd, std::uint64_t ns)
{
    __u64 wish = ns;
    return ioctl(fd, MP3_IOC_SET_INTERVAL, &wish) == 0 ? 0 : errno;
}

long long read_ticks(int fd)
{
    __u64 ticks = 0;
    const ssize_t n = read(fd, &ticks, sizeof ticks);
    if (n < 0)
        return -errno;
    return n == sizeof ticks ? static_cast<long long>(ticks) : -EIO;
}

bool readable(int fd, int timeout_ms)
{
    pollfd entry{fd, POLLIN, 0};
    return poll(&entry, 1, timeout_ms) == 1 && (entry.revents & POLLIN) != 0;
}

void wait_for_standing_clock()
{
    constexpr int longer_than_any_interval_ms = 1300;
    const Fd fd = open_device();
    while (readable(fd.get(), longer_than_any_interval_ms))
        read_ticks(fd.get());
}

bool wait_ticks(std::uint64_t count)
{
    const Fd fd = open_device(O_NONBLOCK);
    std::uint64_t seen = 0;
    return eventually([&] {
        const long long ticks = read_ticks(fd.get());
        seen += ticks > 0 ? static_cast<std::uint64_t>(ticks) : 0;
        return seen >= count;
    });
}

} // namespace guest
