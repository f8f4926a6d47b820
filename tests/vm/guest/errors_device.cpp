// SPDX-License-Identifier: GPL-2.0-or-later
// Every errno of /dev/mp3 that is not a mapping's.
#include "support/device.hpp"
#include "support/ring.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <cerrno>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

using namespace guest;

TEST_SUITE("errors")
{

    TEST_CASE("the device: its own major, under its old name")
    {
        struct stat st {
        };
        REQUIRE(stat(device_path, &st) == 0);
        CHECK(S_ISCHR(st.st_mode));
        CHECK((st.st_mode & 07777) == 0660);
        const std::string devices = read_text("/proc/devices");
        const std::string line = std::to_string(major(st.st_rdev)) + " mp3_chrdev\n";
        CHECK(devices.find(line) != std::string::npos);
        CHECK_FALSE(read_text("/sys/class/mp3/mp3/dev").empty());
    }

    TEST_CASE("ioctl: unknown ones are ENOTTY")
    {
        const Fd fd = open_device();
        __u64 value = 50'000'000;
        const std::vector<unsigned long> unknown{_IOW(MP3_IOC_MAGIC, 0, __u64),
                                                 _IOW(MP3_IOC_MAGIC, 2, __u64),
                                                 _IOR(MP3_IOC_MAGIC, 1, __u64),
                                                 _IOW(MP3_IOC_MAGIC, 1, __u32),
                                                 _IO(MP3_IOC_MAGIC, 1),
                                                 _IOWR(MP3_IOC_MAGIC, 1, __u64),
                                                 0,
                                                 3,
                                                 0x5401,
                                                 ~0UL >> 32};
        for (const unsigned long request : unknown) {
            CAPTURE(request);
            errno = 0;
            CHECK(ioctl(fd.get(), request, &value) == -1);
            CHECK(errno == ENOTTY);
            CHECK(value == 50'000'000);
        }
    }

    TEST_CASE("ioctl: a bad address is EFAULT")
    {
        const Fd fd = open_device();
        for (const unsigned long address : {0UL, 8UL, ~0UL - 7}) {
            errno = 0;
            CHECK(ioctl(fd.get(), MP3_IOC_SET_INTERVAL, address) == -1);
            CHECK(errno == EFAULT);
        }
    }

    TEST_CASE("write to the device is refused")
    {
        const Fd fd = open_device();
        errno = 0;
        CHECK(write(fd.get(), "12345678", 8) == -1);
        CHECK(errno == EINVAL);
    }

    TEST_CASE("a descriptor for writing only does not read")
    {
        const Fd fd{open(device_path, O_WRONLY | O_CLOEXEC)};
        REQUIRE(fd);
        CHECK(read_ticks(fd.get()) == -EBADF);
    }

    TEST_CASE("thousands of opens and closes")
    {
        for (int i = 0; i < 3000; ++i) {
            const Fd fd = open_device();
            REQUIRE(fd);
            if (i % 3 == 0)
                REQUIRE(set_interval(fd.get(), 20'000'000) == 0);
        }
        const Fd fd = open_device();
        EmptyRegistry empty;
        REQUIRE(register_pid(getpid()) == 0);
        REQUIRE(wait_ticks(2));
        const RingMap map{fd.get()};
        CHECK(map.figures().wish_ns == map.header().default_interval_ns);
    }
}
