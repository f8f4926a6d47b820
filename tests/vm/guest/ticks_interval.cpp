// SPDX-License-Identifier: GPL-2.0-or-later
// MP3_IOC_SET_INTERVAL: the smallest wish of the open files, or the default.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/ring.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

using namespace guest;

namespace
{

constexpr std::uint64_t ms = 1'000'000;

// The wish is published by a pass at the latest.
bool becomes(const RingMap& map, std::uint64_t wish)
{
    return eventually(
        [&] { return map.figures().wish_ns == wish && map.figures().interval_ns >= wish; });
}

} // namespace

TEST_SUITE("ticks")
{

    TEST_CASE("the smallest wish wins, and ends with its file")
    {
        EmptyRegistry empty;
        const Fd watcher = open_device();
        const RingMap map{watcher.get()};
        REQUIRE(map.valid());
        REQUIRE(register_pid(getpid()) == 0);
        const std::uint64_t by_default = map.header().default_interval_ns;
        CHECK(becomes(map, by_default));

        Fd slow = open_device();
        Fd fast = open_device();
        CHECK(set_interval(slow.get(), 200 * ms) == 0);
        CHECK(becomes(map, 200 * ms)); // a wish beats the default, also a larger one
        CHECK(set_interval(fast.get(), 20 * ms) == 0);
        CHECK(becomes(map, 20 * ms));
        CHECK(set_interval(fast.get(), 30 * ms) == 0); // another wish replaces it
        CHECK(becomes(map, 30 * ms));
        fast.reset();
        CHECK(becomes(map, 200 * ms));
        slow.reset();
        CHECK(becomes(map, by_default));
    }

    TEST_CASE("a wish lives as long as the last duplicate of its file")
    {
        EmptyRegistry empty;
        const Fd watcher = open_device();
        const RingMap map{watcher.get()};
        REQUIRE(register_pid(getpid()) == 0);
        Fd original = open_device();
        Fd duplicate{dup(original.get())};
        REQUIRE(set_interval(original.get(), 10 * ms) == 0);
        CHECK(becomes(map, 10 * ms));
        original.reset();
        REQUIRE(wait_ticks(3));
        CHECK(map.figures().wish_ns == 10 * ms);
        duplicate.reset();
        CHECK(becomes(map, map.header().default_interval_ns));
    }

    TEST_CASE("a wish dies with its process")
    {
        EmptyRegistry empty;
        const Fd watcher = open_device();
        const RingMap map{watcher.get()};
        REQUIRE(register_pid(getpid()) == 0);
        Child child{[] {
            const Fd fd = open_device();
            set_interval(fd.get(), 5 * ms);
            sleep_for_ever();
            return 0;
        }};
        CHECK(becomes(map, 5 * ms));
        child.kill_and_reap(SIGKILL);
        CHECK(becomes(map, map.header().default_interval_ns));
    }

    TEST_CASE("the interval in force is kept: a short wish after a long one acts at once")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        REQUIRE(set_interval(fd.get(), 1000 * ms) == 0);
        REQUIRE(register_pid(getpid()) == 0);
        REQUIRE(read_ticks(fd.get()) > 0);
        REQUIRE(set_interval(fd.get(), 10 * ms) == 0);
        const RingMap map{fd.get()};
        CHECK(becomes(map, 10 * ms));
        const mp3_figures before = map.figures();
        REQUIRE(wait_ticks(10));
        const mp3_figures after = map.figures();
        const std::uint64_t ticks = after.tick - before.tick + after.missed_ticks -
                                    before.missed_ticks + after.throttled_ticks -
                                    before.throttled_ticks;
        CHECK((after.last_tick_ns - before.last_tick_ns) / ticks <= 20 * ms);
    }

    TEST_CASE("out of range is EINVAL and changes nothing")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        REQUIRE(register_pid(getpid()) == 0);
        const std::uint64_t smallest = map.header().min_interval_ns;
        const std::uint64_t largest = map.header().max_interval_ns;
        CHECK(largest == 1000 * ms);
        REQUIRE(set_interval(fd.get(), 40 * ms) == 0);
        CHECK(becomes(map, 40 * ms));
        for (const std::uint64_t bad :
             {std::uint64_t{0}, std::uint64_t{1}, smallest - 1, largest + 1, UINT64_MAX}) {
            CAPTURE(bad);
            CHECK(set_interval(fd.get(), bad) == EINVAL);
        }
        REQUIRE(wait_ticks(2));
        CHECK(map.figures().wish_ns == 40 * ms);
        CHECK(set_interval(fd.get(), smallest) == 0);
        CHECK(set_interval(fd.get(), largest) == 0);
    }
}
