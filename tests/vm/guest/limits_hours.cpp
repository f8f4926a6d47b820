// SPDX-License-Identifier: GPL-2.0-or-later
// Twelve hours of ticks: no drift, no leak. For a guest whose clock skips idle
// time; not run unless asked for: -ts=limits-hours --no-skip.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/history.hpp"
#include "support/kernel_memory.hpp"
#include "support/load.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>

using namespace guest;

namespace
{

constexpr std::uint64_t ns_per_s = 1'000'000'000;
constexpr std::uint64_t interval = 50'000'000;
constexpr std::uint64_t hours = 12;

// Every minute: a process that is followed, another reader, another registration.
void live_a_minute(std::uint64_t minute)
{
    const Fd fd = open_device();
    const RingMap map{fd.get()};
    REQUIRE(map.valid());
    REQUIRE(set_interval(fd.get(), interval) == 0); // the same for all
    REQUIRE(reap(spawn([=] {
                return touch_pages(static_cast<long>(minute % 50 + 1)) ? 0 : 1;
            })).exited_with(0));
    Child other{[]() -> int { sleep_for_ever(); }};
    const int error = register_pid(other.pid());
    REQUIRE((error == 0 || error == EEXIST)); // it is followed
    if (minute % 2 == 0)
        REQUIRE(unregister_pid(other.pid()) == 0);
}

} // namespace

TEST_SUITE("limits-hours" * doctest::skip())
{

    TEST_CASE("12 hours at 50 ms are 864000 ticks on their places, and leave nothing behind")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        Reader reader{map, map.head()};
        Child child{[]() -> int { sleep_for_ever(); }};
        REQUIRE(register_pid(child.pid()) == 0);
        REQUIRE(follow_pid(getpid()) == 0);
        for (std::uint64_t minute = 0; minute < 10; ++minute) { // what is made once is made
            live_a_minute(minute);
            sleep_until_ns(now_ns() + ns_per_s);
        }
        REQUIRE(wait_ticks(3));
        const KernelMemory memory = kernel_memory();
        std::printf("at first: %s\n", to_string(memory).c_str());

        const mp3_figures first = map.figures();
        REQUIRE(first.interval_ns == interval);
        std::uint64_t records = 0;
        std::uint64_t worst = 0; // of a tick's distance to its place on the grid
        for (std::uint64_t minute = 1; minute <= hours * 60; ++minute) {
            sleep_until_ns(first.last_tick_ns + minute * 60 * ns_per_s - interval * 5 / 2);
            live_a_minute(minute);
            sleep_until_ns(first.last_tick_ns + minute * 60 * ns_per_s + interval / 2);
            while (reader.next())
                ++records;
            const mp3_figures now = map.figures();
            const std::uint64_t off = (now.last_tick_ns - first.last_tick_ns) % interval;
            worst = std::max(worst, std::min(off, interval - off));
        }
        const mp3_figures last = map.figures();
        const std::uint64_t ticks = last.tick - first.tick;
        CHECK(ticks == hours * 72'000);
        CHECK(last.missed_ticks == first.missed_ticks);
        CHECK(last.throttled_ticks == first.throttled_ticks);
        CHECK(last.follow_failed == first.follow_failed);
        CHECK(worst < interval / 50);
        CHECK(reader.missed() == 0);
        CHECK(records >= 2 * hours * 3590); // of two processes, one a second
        note("ticks_in_12_hours", static_cast<long long>(ticks));
        note("largest_distance_to_the_grid_ns", static_cast<long long>(worst));

        REQUIRE(wait_ticks(3));
        const KernelMemory after = kernel_memory();
        std::printf("at last: %s\n", to_string(after).c_str());
        CHECK(after.registrations <= memory.registrations + 50);
        CHECK(after.tasks <= memory.tasks + 20);
        CHECK(after.unreclaimable <= memory.unreclaimable + 512);
        CHECK(after.vmalloc <= memory.vmalloc + 64);
        CHECK(after.free >= memory.free - 2048);
    }
}
