// SPDX-License-Identifier: GPL-2.0-or-later
// Every allocation and copy in every call fails once: a clean errno, nothing
// half done, and all is well afterwards.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/faults.hpp"
#include "support/figures.hpp"
#include "support/mapping.hpp"
#include "support/ring.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>

using namespace guest;

namespace
{

// The calls are bare, so that the faults are the kernel's and not a library's.
struct Result {
    long value = 0;
    int error = 0;

    bool failed_as(std::initializer_list<int> errors) const
    {
        return value == -1 && std::find(errors.begin(), errors.end(), error) != errors.end();
    }
};

template <typename Call>
void record(Result& result, const Call& call)
{
    errno = 0;
    result.value = static_cast<long>(call());
    result.error = errno;
}

// A failed open is one of no memory, of no file structure, or of an unread name.
void check_open(const char* path, int flags, const char* figure)
{
    Result result;
    const unsigned faults =
        each_fault([&] { record(result, [&] { return open(path, flags); }); },
                   [&] {
                       CAPTURE(result.error);
                       CHECK((result.value >= 0 || result.failed_as({ENOMEM, ENFILE, EFAULT})));
                       close(static_cast<int>(result.value));
                   });
    CHECK(result.value >= 0);
    close(static_cast<int>(result.value));
    CHECK(faults > 0);
    note(figure, faults);
}

// A write to the status file: refused, and then nothing is registered; or the
// fault did not matter.
void check_register(const std::string& line, pid_t pid, const char* figure, unsigned from = 1)
{
    const Fd fd{open(status_path, O_WRONLY | O_CLOEXEC)};
    const std::string undo = "U " + std::to_string(pid) + "\n";
    Result result;
    const unsigned faults = each_fault(
        [&] { record(result, [&] { return write(fd.get(), line.data(), line.size()); }); },
        [&] {
            CAPTURE(result.error);
            const bool done = result.value == static_cast<long>(line.size());
            CHECK((done || result.failed_as({ENOMEM, EFAULT})));
            CHECK(write_to(fd.get(), undo) == (done ? static_cast<long>(undo.size()) : -ENOENT));
        },
        from);
    CHECK(result.value == static_cast<long>(line.size()));
    CHECK(faults >= from);
    note(figure, faults);
}

// While the fork hook is attached it has its stock of spares: then there is
// less that can fail. It goes a second after the last follower.
constexpr unsigned spares = 1024;

void wait_for_detached_hook()
{
    wait_for_standing_clock();
    sleep_until_ns(now_ns() + 5'000'000'000);
}

void check_map(off_t offset, std::size_t pages, int protection, const char* figure)
{
    const Fd fd = open_device();
    const std::size_t size = pages * page_size();
    Result result;
    void* memory = MAP_FAILED;
    const auto map = [&] {
        record(result, [&] {
            memory = mmap(nullptr, size, protection, MAP_SHARED, fd.get(), offset);
            return memory == MAP_FAILED ? -1 : 0;
        });
    };
    const unsigned faults = each_fault(map, [&] {
        CAPTURE(result.error);
        CHECK((result.value == 0 || result.failed_as({ENOMEM})));
        if (result.value == 0)
            munmap(memory, size);
    });
    CHECK(result.value == 0);
    CHECK(*static_cast<volatile long*>(memory) != 0); // the magic, or an empty word
    munmap(memory, size);
    CHECK(faults > 0);
    note(figure, faults);
}

} // namespace

TEST_SUITE("faults" * doctest::skip())
{

    TEST_CASE("an allocation fails at open")
    {
        if (!faults_can_be_injected())
            return;
        EmptyRegistry empty;
        check_open(device_path, O_RDWR | O_CLOEXEC, "faults_open_device");
        check_open(status_path, O_RDWR | O_CLOEXEC, "faults_open_status");
        check_all_is_well();
    }

    TEST_CASE("an allocation fails at register, also with follow")
    {
        if (!faults_can_be_injected())
            return;
        EmptyRegistry empty;
        Child child{[] {
            sleep_for_ever();
            return 0;
        }};
        const std::string line = "R " + std::to_string(child.pid());
        check_register(line + "\n", child.pid(), "faults_register");
        CHECK(unregister_pid(child.pid()) == 0);
        check_register(line + " follow\n", child.pid(), "faults_follow");
        CHECK(unregister_pid(child.pid()) == 0);
        wait_for_detached_hook();
        check_register(line + " follow\n", child.pid(), "faults_attach", spares - 4);
        CHECK(unregister_pid(child.pid()) == 0);
        check_all_is_well();
    }

    TEST_CASE("an allocation fails at mmap")
    {
        if (!faults_can_be_injected())
            return;
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap ring{fd.get()};
        REQUIRE(ring.valid());
        check_map(0, MP3_CLASSIC_PAGES, PROT_READ | PROT_WRITE, "faults_map_classic");
        check_map(MP3_RING_OFFSET, ring.size() / page_size(), PROT_READ, "faults_map_ring");
        check_all_is_well();
    }

    TEST_CASE("a copy fails at ioctl: no wish is left behind")
    {
        if (!faults_can_be_injected())
            return;
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap ring{fd.get()};
        REQUIRE(ring.valid());
        const __u64 before = ring.figures().wish_ns;
        int error = 0;
        const unsigned faults = each_fault([&] { error = set_interval(fd.get(), 3'000'000); },
                                           [&] {
                                               CHECK(error == EFAULT);
                                               CHECK(ring.figures().wish_ns == before);
                                           });
        CHECK(faults == 1);
        CHECK(error == 0);
        CHECK(ring.figures().wish_ns == 3'000'000);
        check_all_is_well();
    }

    TEST_CASE("a copy fails at read: the ticks are not lost")
    {
        if (!faults_can_be_injected())
            return;
        EmptyRegistry empty;
        const Fd fd = open_device(O_NONBLOCK);
        const RingMap ring{fd.get()};
        REQUIRE(register_pid(getpid()) == 0);
        const __u64 from = ring.figures().tick;
        REQUIRE(wait_ticks(3));
        REQUIRE(unregister_all() == 0);
        wait_for_standing_clock();
        long long ticks = 0;
        const unsigned faults =
            each_fault([&] { ticks = read_ticks(fd.get()); }, [&] { CHECK(ticks == -EFAULT); });
        CHECK(faults == 1);
        CHECK(ticks >= static_cast<long long>(ring.figures().tick - from));
        CHECK(read_ticks(fd.get()) == -EAGAIN);
    }

    TEST_CASE("an allocation fails while the registered are listed")
    {
        if (!faults_can_be_injected())
            return;
        EmptyRegistry empty;
        REQUIRE(register_pid(getpid()) == 0);
        const std::string self = std::to_string(getpid()) + "\n";
        char text[100];
        Result result;
        const Fd fd{open(status_path, O_RDONLY | O_CLOEXEC)};
        each_fault([&] { record(result, [&] { return pread(fd.get(), text, sizeof text, 0); }); },
                   [&] {
                       CAPTURE(result.error);
                       CHECK((result.value == static_cast<long>(self.size()) ||
                              result.failed_as({ENOMEM, EFAULT})));
                   });
        REQUIRE(result.value == static_cast<long>(self.size()));
        CHECK(std::string(text, self.size()) == self);
    }
}
