// SPDX-License-Identifier: GPL-2.0-or-later
// The header page and the records' padding: every byte has its meaning.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/history.hpp"
#include "support/load.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstring>

#include <sys/prctl.h>

using namespace guest;

namespace
{

bool zero(const void* from, std::size_t size)
{
    const auto* bytes = static_cast<const unsigned char*>(from);
    for (std::size_t i = 0; i < size; ++i)
        if (bytes[i] != 0)
            return false;
    return true;
}

long parameter(const char* name)
{
    return std::atol(read_text(std::string{parameters} + name).c_str());
}

} // namespace

TEST_SUITE("ring")
{

    TEST_CASE("the header says what it is")
    {
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        REQUIRE(map.valid());
        const mp3_header& header = map.header();
        CHECK(header.magic == MP3_MAGIC);
        CHECK(std::memcmp(&header.magic, "mp3ring", 8) == 0);
        CHECK(header.abi_major == MP3_ABI_MAJOR);
        CHECK(header.abi_minor >= MP3_ABI_MINOR);
        CHECK(header.header_size >= sizeof(mp3_header));
        CHECK(header.record_size == sizeof(mp3_record));
        CHECK(header.clock_id == CLOCK_MONOTONIC);
        CHECK(header.capacity > 0);
        CHECK((header.capacity & (header.capacity - 1)) == 0);
        CHECK(static_cast<long>(header.capacity) >= parameter("ring_records"));
        CHECK(header.data_offset >= page_size());
        CHECK(header.data_offset % page_size() == 0);
        CHECK(header.map_size % page_size() == 0);
        CHECK(header.map_size >= header.data_offset + header.capacity * header.record_size);
        CHECK(header.start_ns > 0);
        CHECK(header.start_ns < now_ns());
    }

    TEST_CASE("limits and version are those of sysfs")
    {
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        const mp3_header& header = map.header();
        CHECK(header.max_tasks == parameter("max_tasks"));
        CHECK(header.max_cpu_percent == parameter("max_cpu_percent"));
        CHECK(static_cast<long>(header.min_interval_ns) == parameter("min_interval_us") * 1000);
        CHECK(static_cast<long>(header.default_interval_ns) ==
              parameter("default_interval_us") * 1000);
        CHECK(header.max_interval_ns == 1'000'000'000);
        const std::string version{header.version, strnlen(header.version, MP3_VERSION_LEN)};
        CHECK_FALSE(version.empty());
        CHECK(version.size() < MP3_VERSION_LEN);
        CHECK(zero(header.version + version.size(), MP3_VERSION_LEN - version.size()));
        CHECK(read_text("/sys/module/mp3/version") == version + "\n");
    }

    TEST_CASE("what is reserved is zero, and the rest of the header page too")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        REQUIRE(register_pid(getpid()) == 0);
        REQUIRE(wait_ticks(2));
        const mp3_header& header = map.header();
        CHECK(header.reserved0 == 0);
        CHECK(zero(header.reserved1, sizeof header.reserved1));
        CHECK(header.figures.reserved32 == 0);
        CHECK(zero(header.figures.reserved, sizeof header.figures.reserved));
        CHECK(zero(map.base() + header.header_size, header.data_offset - header.header_size));
        const std::uint64_t data_end = header.data_offset + header.capacity * header.record_size;
        CHECK(zero(map.base() + data_end, header.map_size - data_end));
        CHECK(reinterpret_cast<std::uintptr_t>(&header.head) % 64 == 0);
    }

    TEST_CASE("records are padded with zeroes")
    {
        EmptyRegistry empty;
        History history;
        for (const char* name : {"x", "fifteen-letters", "a"}) {
            Gate named;
            Child child{[&] {
                prctl(PR_SET_NAME, name);
                named.open();
                sleep_for_ever();
                return 0;
            }};
            named.wait();
            REQUIRE(register_pid(child.pid()) == 0);
            const auto record = history.wait_fresh(child.pid());
            REQUIRE(record);
            CHECK(record->reserved == 0);
            const std::size_t length = strnlen(record->comm, MP3_COMM_LEN);
            CHECK(std::string{record->comm, length} == name);
            CHECK(zero(record->comm + length, MP3_COMM_LEN - length));
        }
    }

    TEST_CASE("the figures follow what happens")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        CHECK(map.figures().tasks == 0);
        const mp3_figures before = map.figures();
        Child first{[] {
            sleep_for_ever();
            return 0;
        }};
        Child second{[] {
            sleep_for_ever();
            return 0;
        }};
        REQUIRE(register_pid(first.pid()) == 0);
        REQUIRE(register_pid(second.pid()) == 0);
        CHECK(eventually([&] { return map.figures().tasks == 2; }));
        REQUIRE(wait_ticks(3));
        const mp3_figures after = map.figures();
        CHECK(after.tick >= before.tick + 3);
        CHECK(after.sampling_ns > before.sampling_ns);
        CHECK(after.last_tick_ns > before.last_tick_ns);
        CHECK(after.follow_failed == before.follow_failed);
        first.kill_and_reap(SIGKILL);
        CHECK(eventually([&] { return map.figures().tasks == 1; }));
        CHECK_FALSE(is_registered(first.pid()));
    }
}
