// SPDX-License-Identifier: GPL-2.0-or-later
// Mappings that are bent after they were made: nothing becomes writable, larger
// or somebody else's.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/mapping.hpp"
#include "support/ring.hpp"
#include "support/skip.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <cstring>

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

using namespace guest;

namespace
{

// The whole ring, unmapped by the case itself.
struct Bare {
    Fd device = open_device();
    std::size_t size = 0;
    char* memory = nullptr;

    Bare()
    {
        const RingMap map{device.get()};
        REQUIRE(map.valid());
        size = map.size();
        memory = static_cast<char*>(
            mmap(nullptr, size, PROT_READ, MAP_SHARED, device.get(), MP3_RING_OFFSET));
        REQUIRE(memory != MAP_FAILED);
    }
    const mp3_header& header() const { return *reinterpret_cast<const mp3_header*>(memory); }
};

Fd user_faults()
{
    return Fd{static_cast<int>(syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK))};
}

bool takes_faults_of(int fd, void* memory, std::size_t size, __u64 mode)
{
    uffdio_register range{};
    range.range.start = reinterpret_cast<std::uintptr_t>(memory);
    range.range.len = size;
    range.mode = mode;
    return ioctl(fd, UFFDIO_REGISTER, &range) == 0;
}

} // namespace

TEST_SUITE("attack")
{

    TEST_CASE("the ring: moved whole or in part it is the same ring, no page more")
    {
        Bare ring;
        const std::size_t page = page_size();
        char* room = static_cast<char*>(mmap(nullptr, 2 * ring.size, PROT_NONE,
                                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
        REQUIRE(room != MAP_FAILED);
        constexpr int move_there = MREMAP_MAYMOVE | MREMAP_FIXED;
        CHECK(mremap(ring.memory, ring.size, 2 * ring.size, move_there, room) == MAP_FAILED);
        CHECK(mremap(ring.memory, page, page + 1, MREMAP_MAYMOVE) == MAP_FAILED);
        REQUIRE(mremap(ring.memory, ring.size, ring.size, move_there, room) == room);
        CHECK(reinterpret_cast<mp3_header*>(room)->magic == MP3_MAGIC);
        CHECK(mprotect(room, page, PROT_READ | PROT_WRITE) == -1);

        char* part = room + ring.size; // the second page, alone
        REQUIRE(mremap(room + page, page, page, move_there, part) == part);
        CHECK(mprotect(part, page, PROT_READ | PROT_WRITE) == -1);
        CHECK(mremap(part, page, 2 * page, MREMAP_MAYMOVE) == MAP_FAILED);
        CHECK(std::memcmp(part, RingMap{ring.device.get()}.base() + page, page) == 0);
        CHECK(munmap(room, 2 * ring.size) == 0);
    }

    TEST_CASE("the ring: mremap does not make a second one of it")
    {
        Bare ring;
        CHECK(mremap(ring.memory, 0, ring.size, MREMAP_MAYMOVE) == MAP_FAILED);
        constexpr int keep_the_old = MREMAP_MAYMOVE | 4; // MREMAP_DONTUNMAP
        CHECK(mremap(ring.memory, ring.size, ring.size, keep_the_old) == MAP_FAILED);
        CHECK(ring.header().magic == MP3_MAGIC);
        munmap(ring.memory, ring.size);
    }

    TEST_CASE("the ring: its pages cannot be exchanged for others of the device")
    {
        Bare ring;
        const std::size_t page = page_size();
        const std::size_t beyond = (MP3_RING_OFFSET + ring.size) / page;
        for (const std::size_t offset : {std::size_t{1}, MP3_RING_OFFSET / page + 1, beyond}) {
            CAPTURE(offset);
            CHECK(syscall(SYS_remap_file_pages, ring.memory, page, 0, offset, 0) == -1);
        }
        munmap(ring.memory, ring.size);
        // In place of the ring's first page, the classic buffer's: by the same rules.
        Bare other;
        if (syscall(SYS_remap_file_pages, other.memory, page, 0, 0, 0) == 0)
            CHECK(*reinterpret_cast<const __u64*>(other.memory) != MP3_MAGIC);
        munmap(other.memory, other.size);
    }

    TEST_CASE("the ring: a child that asks for it after all may only read")
    {
        Bare ring;
        if (madvise(ring.memory, ring.size, MADV_DOFORK) != 0) {
            munmap(ring.memory, ring.size);
            return; // refused: better still
        }
        CHECK(signal_of([&] { return ring.header().magic == MP3_MAGIC; }) == 0);
        CHECK(signal_of([&] {
                  *reinterpret_cast<volatile __u64*>(ring.memory) = 0;
                  return true;
              }) == SIGSEGV);
        CHECK(signal_of([&] {
                  return mprotect(ring.memory, page_size(), PROT_READ | PROT_WRITE) == -1;
              }) == 0);
        CHECK(ring.header().magic == MP3_MAGIC);
        munmap(ring.memory, ring.size);
    }

    TEST_CASE("the ring: userfaultfd does not get its faults")
    {
        const Fd faults = user_faults();
        uffdio_api api{};
        api.api = UFFD_API;
        if (!faults || ioctl(faults.get(), UFFDIO_API, &api) != 0) {
            skip("this kernel has no userfaultfd");
            return;
        }
        Bare ring;
        for (const __u64 mode : {UFFDIO_REGISTER_MODE_MISSING, UFFDIO_REGISTER_MODE_WP})
            CHECK_FALSE(takes_faults_of(faults.get(), ring.memory, ring.size, mode));
        CHECK(ring.header().magic == MP3_MAGIC);
        munmap(ring.memory, ring.size);
    }

    TEST_CASE("the ring: locked, unlocked, and locked with everything")
    {
        EmptyRegistry empty;
        Bare ring;
        REQUIRE(register_pid(getpid()) == 0);
        CHECK(mlock(ring.memory, ring.size) == 0);
        CHECK(wait_ticks(2));
        CHECK(munlock(ring.memory, ring.size) == 0);
        CHECK(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
        CHECK(RingMap{ring.device.get()}.valid());
        CHECK(munlockall() == 0);
        CHECK(ring.header().magic == MP3_MAGIC);
        munmap(ring.memory, ring.size);
    }

    TEST_CASE("neither buffer is in a core dump, not even on request")
    {
        const std::string pattern = read_text("/proc/sys/kernel/core_pattern");
        REQUIRE(write_text("/proc/sys/kernel/core_pattern", "/tmp/mp3-core") == 0);
        Child reader{[] {
            constexpr rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
            Bare ring;
            const Mapped classic{ring.device.get(), MP3_CLASSIC_PAGES * page_size(),
                                 PROT_READ | PROT_WRITE, MAP_SHARED, 0};
            const bool refused = madvise(ring.memory, ring.size, MADV_DODUMP) == -1 &&
                                 madvise(classic.memory, classic.size, MADV_DODUMP) == -1;
            if (!refused || write_text("/proc/self/coredump_filter", "0xff") != 0 ||
                setrlimit(RLIMIT_CORE, &unlimited) != 0)
                return 1;
            raise(SIGQUIT);
            return 2;
        }};
        const Outcome outcome = reader.reap();
        CHECK(write_text("/proc/sys/kernel/core_pattern", pattern) == 0);
        CHECK(WIFSIGNALED(outcome.status));
        if (!WCOREDUMP(outcome.status)) {
            skip("this kernel dumps no core");
            return;
        }
        // A mapping stands at a page of the file; elsewhere may be what a case has copied.
        const std::string core = read_text("/tmp/mp3-core");
        CHECK(core.size() > page_size());
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        const std::string header{reinterpret_cast<const char*>(map.base()), 64};
        const std::string empty_page(page_size(), '\xff');
        for (std::size_t at = 0; at < core.size(); at += page_size()) {
            CHECK(core.compare(at, header.size(), header) != 0);
            CHECK(core.compare(at, empty_page.size(), empty_page) != 0);
        }
        CHECK(unlink("/tmp/mp3-core") == 0);
    }
}
