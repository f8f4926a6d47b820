// SPDX-License-Identifier: GPL-2.0-or-later
// The list and its offsets: any place may be asked for.
#include "support/child.hpp"
#include "support/crowd.hpp"
#include "support/device.hpp"
#include "support/mapping.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <climits>
#include <string>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/uio.h>

using namespace guest;

namespace
{

constexpr off_t extremes[] = {LONG_MAX, LONG_MAX - 1, LONG_MAX - 4096, LONG_MIN, LONG_MIN + 1,
                              -1,       -4096,        1L << 31,        1L << 32, 1L << 44};

} // namespace

TEST_SUITE("attack")
{

    TEST_CASE("the device has no offsets")
    {
        const Fd fd = open_device(O_NONBLOCK);
        __u64 ticks = 0;
        for (const off_t offset : extremes) {
            CAPTURE(offset);
            CHECK(lseek(fd.get(), offset, SEEK_SET) == -1);
            CHECK(errno == ESPIPE);
            errno = 0;
            CHECK(pread(fd.get(), &ticks, sizeof ticks, offset) == -1);
            CHECK((errno == ESPIPE || errno == EINVAL));
            CHECK(map_error(fd.get(), page_size(), PROT_READ, MAP_SHARED,
                            offset & -static_cast<off_t>(page_size())) != 0);
        }
    }

    TEST_CASE("a read of the device takes eight bytes, whatever room there is")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        REQUIRE(register_pid(getpid()) == 0);
        std::string room(1 << 16, 'x');
        CHECK(read(fd.get(), room.data(), room.size()) == sizeof(__u64));
        CHECK(room.find_first_not_of('x', sizeof(__u64)) == std::string::npos);
        CHECK(room.size() == 1 << 16);
        __u32 half[2] = {};
        const iovec halves[] = {{&half[0], 4}, {&half[1], 4}};
        CHECK(readv(fd.get(), halves, 2) == -1);
        CHECK(errno == EINVAL);
    }

    TEST_CASE("the list from any offset is its rest, or nothing")
    {
        EmptyRegistry empty;
        const Crowd crowd{100};
        REQUIRE(crowd.register_all() == 0);
        const std::string whole = read_text(status_path);
        const Fd fd{open(status_path, O_RDWR | O_CLOEXEC)};
        std::string room(whole.size() + 100, '\0');
        for (off_t offset = 0; offset <= static_cast<off_t>(whole.size()); offset += 37) {
            const ssize_t n = pread(fd.get(), room.data(), room.size(), offset);
            REQUIRE(n >= 0);
            REQUIRE(whole.compare(static_cast<std::size_t>(offset), std::string::npos, room, 0,
                                  static_cast<std::size_t>(n)) == 0);
        }
        for (const off_t offset : extremes) {
            CAPTURE(offset);
            CHECK(pread(fd.get(), room.data(), room.size(), offset) <= 0);
            if (lseek(fd.get(), offset, SEEK_SET) >= 0)
                CHECK(read(fd.get(), room.data(), room.size()) <= 0);
        }
        CHECK(lseek(fd.get(), 0, SEEK_SET) == 0);
        CHECK(read(fd.get(), room.data(), room.size()) == static_cast<ssize_t>(whole.size()));
    }

    TEST_CASE("a command at an offset is that command or refused")
    {
        EmptyRegistry empty;
        const Fd fd{open(status_path, O_RDWR | O_CLOEXEC)};
        const std::string line = "R " + std::to_string(getpid()) + "\n";
        for (const off_t offset : extremes) {
            CAPTURE(offset);
            const ssize_t n = pwrite(fd.get(), line.data(), line.size(), offset);
            CHECK((n == static_cast<ssize_t>(line.size()) || n == -1));
            CHECK(is_registered(getpid()) == (n > 0));
            if (n > 0)
                CHECK(unregister_pid(getpid()) == 0);
        }
    }

    TEST_CASE("the status file is no device: no mapping, no ioctl, no length")
    {
        const Fd fd{open(status_path, O_RDWR | O_CLOEXEC)};
        CHECK(map_error(fd.get(), page_size(), PROT_READ, MAP_SHARED, 0) != 0);
        CHECK(map_error(fd.get(), page_size(), PROT_READ, MAP_PRIVATE, 0) != 0);
        __u64 interval = 1'000'000;
        CHECK(ioctl(fd.get(), MP3_IOC_SET_INTERVAL, &interval) == -1);
        CHECK(errno == ENOTTY);
        CHECK(fallocate(fd.get(), 0, 0, 4096) == -1);
        const Fd truncated{open(status_path, O_WRONLY | O_TRUNC | O_APPEND | O_CLOEXEC)};
        CHECK(truncated); // as the shell's > and >> do
    }
}
