// SPDX-License-Identifier: GPL-2.0-or-later
// The ring can be read, by whole pages, and nothing else can be done to it.
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/mapping.hpp"
#include "support/ring.hpp"
#include "support/skip.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <sstream>

#include <fcntl.h>

using namespace guest;

namespace
{

constexpr off_t ring = MP3_RING_OFFSET;

std::size_t ring_size(int fd)
{
    const Mapped first{fd, page_size(), PROT_READ, MAP_SHARED, ring};
    return first.error == 0 ? first.as<const mp3_header>()->map_size : 0;
}

// The VmFlags of the mapping at that address, empty where the kernel shows none.
std::string vm_flags(const void* memory)
{
    std::istringstream lines{read_text("/proc/self/smaps")};
    std::ostringstream start;
    start << std::hex << reinterpret_cast<std::uintptr_t>(memory) << '-';
    bool here = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(start.str(), 0) == 0)
            here = true;
        else if (here && line.rfind("VmFlags:", 0) == 0)
            return line + " ";
    }
    return {};
}

} // namespace

TEST_SUITE("mapping")
{

    TEST_CASE("the ring: any prefix of whole pages, no page more")
    {
        const Fd fd = open_device();
        const std::size_t page = page_size();
        const std::size_t size = ring_size(fd.get());
        REQUIRE(size > page);
        CHECK(map_error(fd.get(), page, PROT_READ, MAP_SHARED, ring) == 0);
        CHECK(map_error(fd.get(), 2 * page, PROT_READ, MAP_SHARED, ring) == 0);
        CHECK(map_error(fd.get(), size - page, PROT_READ, MAP_SHARED, ring) == 0);
        CHECK(map_error(fd.get(), size, PROT_READ, MAP_SHARED, ring) == 0);
        CHECK(map_error(fd.get(), size + page, PROT_READ, MAP_SHARED, ring) == EINVAL);
        CHECK(map_error(fd.get(), 2 * size, PROT_READ, MAP_SHARED, ring) == EINVAL);
        CHECK(map_error(fd.get(), 0, PROT_READ, MAP_SHARED, ring) == EINVAL);
    }

    TEST_CASE("the ring: every page of it can be read")
    {
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        REQUIRE(map.valid());
        std::uint64_t sum = 0;
        for (std::size_t at = 0; at < map.size(); at += page_size())
            sum += map.base()[at];
        CHECK(sum < UINT64_MAX);
    }

    TEST_CASE("other offsets are refused")
    {
        const Fd fd = open_device();
        const auto page = static_cast<off_t>(page_size());
        for (const off_t offset : {page, 64 * page, 127 * page, 128 * page, ring - page,
                                   ring + page, 2 * ring, 64 * ring}) {
            CAPTURE(offset);
            CHECK(map_error(fd.get(), page_size(), PROT_READ, MAP_SHARED, offset) == EINVAL);
        }
        CHECK(map_error(fd.get(), page_size(), PROT_READ, MAP_SHARED, ring + 8) == EINVAL);
        // The last page before an overflow of the offset.
        CHECK(map_error(fd.get(), page_size(), PROT_READ, MAP_SHARED, INT64_MAX & -page) != 0);
    }

    TEST_CASE("the ring: writable and executable are EPERM")
    {
        const Fd fd = open_device();
        for (const int extra : {PROT_WRITE, PROT_EXEC, PROT_WRITE | PROT_EXEC}) {
            CAPTURE(extra);
            CHECK(map_error(fd.get(), page_size(), PROT_READ | extra, MAP_SHARED, ring) == EPERM);
            CHECK(map_error(fd.get(), ring_size(fd.get()), extra, MAP_SHARED, ring) == EPERM);
        }
    }

    TEST_CASE("the ring: private is refused")
    {
        const Fd fd = open_device();
        CHECK(map_error(fd.get(), page_size(), PROT_READ, MAP_PRIVATE, ring) == EINVAL);
        const int writable =
            map_error(fd.get(), page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE, ring);
        CHECK((writable == EINVAL || writable == EPERM));
    }

    TEST_CASE("the ring: a read-only descriptor is enough")
    {
        const Fd fd{open(device_path, O_RDONLY | O_CLOEXEC)};
        REQUIRE(fd);
        CHECK(map_error(fd.get(), page_size(), PROT_READ, MAP_SHARED, ring) == 0);
        CHECK(map_error(fd.get(), page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, ring) != 0);
        CHECK(map_error(fd.get(), page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, 0) == EACCES);
    }

    TEST_CASE("the ring: mprotect afterwards is EACCES")
    {
        for (const int flags : {O_RDWR, O_RDONLY}) {
            const Fd fd{open(device_path, flags | O_CLOEXEC)};
            const Mapped map{fd.get(), page_size(), PROT_READ, MAP_SHARED, ring};
            REQUIRE(map.error == 0);
            for (const int extra : {PROT_WRITE, PROT_EXEC, PROT_WRITE | PROT_EXEC}) {
                errno = 0;
                CHECK(mprotect(map.memory, page_size(), PROT_READ | extra) == -1);
                CHECK(errno == EACCES);
            }
            CHECK(mprotect(map.memory, page_size(), PROT_NONE) == 0);
            CHECK(mprotect(map.memory, page_size(), PROT_READ) == 0);
            CHECK(map.as<const mp3_header>()->magic == MP3_MAGIC);
        }
    }

    TEST_CASE("the ring: a write to it is SIGSEGV")
    {
        CHECK(signal_of([] {
                  const Fd fd = open_device();
                  const Mapped map{fd.get(), page_size(), PROT_READ, MAP_SHARED, ring};
                  map.as<volatile __u64>()[0] = 0;
                  return true;
              }) == SIGSEGV);
        const Fd fd = open_device();
        CHECK(RingMap{fd.get()}.header().magic == MP3_MAGIC);
    }

    TEST_CASE("the ring: /proc/self/mem does not write to it either")
    {
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        const Fd memory{open("/proc/self/mem", O_RDWR | O_CLOEXEC)};
        REQUIRE(memory);
        const __u64 nonsense = 0x4141414141414141;
        const auto address = static_cast<off_t>(reinterpret_cast<std::uintptr_t>(map.base()));
        CHECK(pwrite(memory.get(), &nonsense, sizeof nonsense, address) == -1);
        CHECK(map.header().magic == MP3_MAGIC);
    }

    TEST_CASE("the ring: a forked child does not inherit it")
    {
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        REQUIRE(map.valid());
        CHECK(signal_of([&] { return map.header().magic == MP3_MAGIC; }) == SIGSEGV);
        CHECK(map.header().magic == MP3_MAGIC);
        CHECK(signal_of([&] { return RingMap{fd.get()}.valid(); }) == 0); // but may map its own
    }

    TEST_CASE("the ring: not copied, not dumped, not expanded, by its flags")
    {
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        const std::string flags = vm_flags(map.base());
        if (flags.empty()) {
            skip("this kernel has no /proc/self/smaps");
            return;
        }
        for (const char* flag : {" dd ", " dc ", " de ", " sh "}) {
            CAPTURE(flag);
            CHECK(flags.find(flag) != std::string::npos);
        }
        for (const char* flag : {" wr ", " mw ", " me ", " ex "}) {
            CAPTURE(flag);
            CHECK(flags.find(flag) == std::string::npos);
        }
    }

    TEST_CASE("the ring: closing the descriptor keeps the mapping alive")
    {
        EmptyRegistry empty;
        Fd fd = open_device();
        const RingMap map{fd.get()};
        fd.reset();
        const std::uint64_t before = map.figures().tick;
        REQUIRE(register_pid(getpid()) == 0);
        CHECK(eventually([&] { return map.figures().tick >= before + 3; }));
        CHECK(map.header().magic == MP3_MAGIC);
    }

    TEST_CASE("the ring: it does not grow by mremap, and moves whole")
    {
        const Fd fd = open_device();
        void* memory = mmap(nullptr, page_size(), PROT_READ, MAP_SHARED, fd.get(), ring);
        REQUIRE(memory != MAP_FAILED);
        errno = 0;
        CHECK(mremap(memory, page_size(), 2 * page_size(), MREMAP_MAYMOVE) == MAP_FAILED);
        CHECK(errno == EFAULT);
        CHECK(static_cast<const mp3_header*>(memory)->magic == MP3_MAGIC);
        munmap(memory, page_size());
    }

    TEST_CASE("the ring: madvise harms nobody but the caller")
    {
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        for (const int advice : {MADV_DONTNEED, MADV_REMOVE, MADV_DOFORK, MADV_DODUMP,
                                 MADV_MERGEABLE, MADV_WILLNEED}) {
            CAPTURE(advice);
            const int signal = signal_of([&] {
                const Fd own = open_device();
                const RingMap mine{own.get()};
                madvise(const_cast<unsigned char*>(mine.base()), mine.size(), advice);
                return mine.header().magic == MP3_MAGIC;
            });
            CHECK((signal == 0 || signal == SIGBUS)); // its own view may be gone
            CHECK(map.header().magic == MP3_MAGIC);
        }
    }

    TEST_CASE("the ring: a part of it may be unmapped")
    {
        const Fd fd = open_device();
        const std::size_t size = ring_size(fd.get());
        void* memory = mmap(nullptr, size, PROT_READ, MAP_SHARED, fd.get(), ring);
        REQUIRE(memory != MAP_FAILED);
        CHECK(munmap(static_cast<char*>(memory) + page_size(), size - page_size()) == 0);
        CHECK(static_cast<const mp3_header*>(memory)->magic == MP3_MAGIC);
        CHECK(munmap(memory, page_size()) == 0);
    }

    TEST_CASE("hundreds of mappings at once")
    {
        const Fd fd = open_device();
        std::vector<std::unique_ptr<RingMap>> maps;
        for (int i = 0; i < 300; ++i)
            maps.push_back(std::make_unique<RingMap>(fd.get()));
        for (const auto& map : maps)
            REQUIRE(map->valid());
    }
}
