// SPDX-License-Identifier: GPL-2.0-or-later
// What takes an hour; for a guest whose clock skips idle time. Not run unless
// asked for: -ts=long --no-skip.
#include "support/child.hpp"
#include "support/classic.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/ring.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace guest;

namespace
{

constexpr std::uint64_t ns_per_s = 1'000'000'000;

} // namespace

TEST_SUITE("long" * doctest::skip())
{

    TEST_CASE("an hour at 50 ms is 72000 ticks")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        Child child{[] {
            sleep_for_ever();
            return 0;
        }};
        REQUIRE(register_pid(child.pid()) == 0);
        REQUIRE(wait_ticks(3));
        const mp3_figures before = map.figures();
        REQUIRE(before.interval_ns == 50'000'000);
        sleep_until_ns(before.last_tick_ns + 3600 * ns_per_s + before.interval_ns / 2);
        const mp3_figures after = map.figures();
        const std::uint64_t ticks = after.tick - before.tick;
        const std::uint64_t missed = after.missed_ticks - before.missed_ticks;
        CHECK(std::llabs(static_cast<long long>(ticks) - 72'000) <= 1);
        CHECK(missed == 0); // nothing else runs in this guest's time
        CHECK(after.throttled_ticks == before.throttled_ticks);
        note("ticks_in_an_hour", static_cast<long long>(ticks));
        note("ticks_missed_in_an_hour", static_cast<long long>(missed));
    }

    TEST_CASE("ten minutes unread: 12000 slots, the oldest overwritten")
    {
        EmptyRegistry empty;
        const ClassicMap classic;
        classic.clear();
        Child child{[] {
            sleep_for_ever();
            return 0;
        }};
        REQUIRE(register_pid(child.pid()) == 0);
        sleep_until_ns(now_ns() + 660 * ns_per_s);
        REQUIRE(unregister_all() == 0);
        sleep_until_ns(now_ns() + ns_per_s); // the last slot closes on the grid
        auto slots = classic.slots();
        CHECK(slots.size() == MP3_CLASSIC_SLOTS);
        const auto [oldest, newest] =
            std::minmax_element(slots.begin(), slots.end(),
                                [](const Slot& a, const Slot& b) { return a.jiffies < b.jiffies; });
        const long span_ns = (newest->jiffies - oldest->jiffies) * jiffy_ns();
        // 11999 slots lie between them; the minute before was overwritten.
        CHECK(std::labs(span_ns - 11'999L * 50'000'000) <= 100'000'000);
        for (std::size_t i = MP3_CLASSIC_WORDS; i < classic.count(); ++i)
            REQUIRE(classic.words()[i] == -1);

        const ExerciseDirectory directory{ExerciseDirectory::Node::mknod};
        REQUIRE(directory.valid());
        bool failed = true;
        CHECK(directory.monitor(failed).size() == MP3_CLASSIC_SLOTS);
        CHECK_FALSE(failed);
        CHECK(directory.monitor(failed).empty());
    }

    TEST_CASE("totals of a process that sleeps for an hour do not move")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        Child child{[] {
            sleep_for_ever();
            return 0;
        }};
        REQUIRE(register_pid(child.pid()) == 0);
        REQUIRE(wait_ticks(3));
        Reader reader{map, map.head()};
        const std::uint64_t from = now_ns();
        std::uint64_t records = 0;
        std::optional<std::uint64_t> faults;
        while (now_ns() < from + 3600 * ns_per_s) {
            sleep_until_ns(now_ns() + 60 * ns_per_s);
            while (const auto record = reader.next()) {
                ++records;
                faults = faults.value_or(record->min_flt);
                CHECK(record->min_flt == *faults);
            }
        }
        CHECK(reader.missed() == 0);
        CHECK(records >= 3590); // one a second
    }
}
