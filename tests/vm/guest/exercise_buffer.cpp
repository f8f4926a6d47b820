// SPDX-License-Identifier: GPL-2.0-or-later
// The classic buffer itself: its rows, its pace, and what users may do to it.
#include "support/child.hpp"
#include "support/classic.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/history.hpp"
#include "support/load.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <climits>

using namespace guest;
using std::chrono::milliseconds;

namespace
{

constexpr std::uint64_t slot_ns = 50'000'000;

void by_time(std::vector<Slot>& slots)
{
    std::sort(slots.begin(), slots.end(),
              [](const Slot& a, const Slot& b) { return a.jiffies < b.jiffies; });
}

// Rows of two seconds, one every 50 ms whatever the ring's interval is.
void check_pace(std::uint64_t interval_ns)
{
    EmptyRegistry empty;
    const ClassicMap classic;
    classic.clear();
    const Fd fd = open_device();
    const RingMap map{fd.get()};
    REQUIRE(set_interval(fd.get(), interval_ns) == 0);
    Child child{[] {
        sleep_for_ever();
        return 0;
    }};
    REQUIRE(register_pid(child.pid()) == 0);
    REQUIRE(eventually([&] { return classic.slots().size() >= 3; }));
    classic.clear();
    const mp3_figures before = map.figures();
    const std::uint64_t from = now_ns();
    sleep_until_ns(from + 2'000'000'000);
    auto rows = classic.slots();
    const std::uint64_t elapsed = now_ns() - from;
    const mp3_figures after = map.figures();
    by_time(rows);
    const auto expected = static_cast<long>(elapsed / slot_ns);
    const auto late = static_cast<long>(after.missed_ticks - before.missed_ticks);
    CAPTURE(late);
    CHECK(static_cast<long>(rows.size()) <= expected + 1);
    CHECK(static_cast<long>(rows.size()) + late >= expected - 1);
    REQUIRE(rows.size() > 1);
    // On the average 50 ms apart, as far as whole jiffies can say.
    const long span_ns = (rows.back().jiffies - rows.front().jiffies) * jiffy_ns();
    const long wanted_ns = static_cast<long>(rows.size() - 1) * static_cast<long>(slot_ns);
    CHECK(std::labs(span_ns - wanted_ns) <= (late + 1) * static_cast<long>(slot_ns));
}

} // namespace

TEST_SUITE("exercise")
{

    TEST_CASE("a row every 50 ms when the ring's interval is 50 ms")
    {
        check_pace(50'000'000);
    }

    TEST_CASE("a row every 50 ms when the ring's interval is 10 ms")
    {
        check_pace(10'000'000);
    }

    TEST_CASE("a row every 50 ms when the ring's interval is a second")
    {
        check_pace(1'000'000'000);
    }

    TEST_CASE("a row every 50 ms when the ring's interval is no divisor of 50 ms")
    {
        check_pace(35'000'000);
    }

    TEST_CASE("the sums are those of the ring, for threads, exits and short lives")
    {
        EmptyRegistry empty;
        wait_for_standing_clock();
        const ClassicMap classic;
        classic.clear();
        History history;
        REQUIRE(follow_pid(getpid()) == 0);
        for (int i = 0; i < 20; ++i)
            reap(spawn([=] { return live({milliseconds{i * 5}, 1 + i % 4}); }));
        REQUIRE(unregister_all() == 0);
        Slot ring{};
        long long cpu_ns_total = 0;
        REQUIRE(eventually([&] {
            history.update();
            return history.final_of(getpid()) != nullptr;
        }));
        for (const auto& record : history.all()) {
            if ((record.flags & MP3_RECORD_FINAL) == 0)
                continue;
            ring.minor += static_cast<long>(record.min_flt);
            ring.major += static_cast<long>(record.maj_flt);
            cpu_ns_total += static_cast<long long>(record.cpu_ns);
        }
        wait_for_standing_clock();
        const Slot total = sum(classic.slots());
        CHECK(total.minor == ring.minor);
        CHECK(total.major == ring.major);
        CHECK(std::llabs(total.cpu_jiffies - cpu_ns_total / jiffy_ns()) <= 1);
    }

    TEST_CASE("the CPU column's sum is the true total, not a sum of rounded parts")
    {
        EmptyRegistry empty;
        wait_for_standing_clock();
        const ClassicMap classic;
        classic.clear();
        History history;
        // A millisecond of work between sleeps: less than a jiffy in every slot.
        Child child{[] {
            for (int i = 0; i < 60; ++i) {
                burn(milliseconds{2});
                sleep_until_ns(now_ns() + 40'000'000);
            }
            return 0;
        }};
        REQUIRE(register_pid(child.pid()) == 0);
        child.reap();
        REQUIRE(history.wait_final(child.pid()));
        REQUIRE(unregister_all() == 0);
        const long long ring_jiffies =
            static_cast<long long>(history.final_of(child.pid())->cpu_ns) / jiffy_ns();
        CHECK(ring_jiffies >= 10);
        CHECK(eventually(
            [&] { return std::llabs(sum(classic.slots()).cpu_jiffies - ring_jiffies) <= 1; },
            std::chrono::seconds{10}));
    }

    TEST_CASE("words behind the circle stay -1")
    {
        EmptyRegistry empty;
        const ClassicMap classic;
        REQUIRE(register_pid(getpid()) == 0);
        REQUIRE(wait_ticks(5));
        CHECK(classic.count() == 65536);
        for (std::size_t i = MP3_CLASSIC_WORDS; i < classic.count(); ++i)
            REQUIRE(classic.words()[i] == -1);
    }

    TEST_CASE("hostile values in the buffer disturb nobody")
    {
        EmptyRegistry empty;
        const ClassicMap classic;
        History history;
        Child load{[] {
            burn(milliseconds{60'000});
            return 0;
        }};
        REQUIRE(register_pid(load.pid()) == 0);
        Child vandal{[] {
            const ClassicMap own;
            const long nonsense[] = {0, -1, -2, LONG_MIN, LONG_MAX, 48000, 0x4141414141414141};
            for (std::size_t round = 0;; ++round)
                for (std::size_t i = 0; i < own.count(); ++i)
                    own.words()[i] = nonsense[(i + round) % (sizeof nonsense / sizeof nonsense[0])];
            return 0;
        }};
        REQUIRE(wait_ticks(40));
        vandal.kill_and_reap(SIGKILL);
        CHECK(history.wait_fresh(load.pid()));
        CHECK(is_registered(load.pid()));

        const std::uint64_t begin = now_ns();
        classic.clear();
        CHECK(eventually([&] { return classic.slots().size() >= 5; }));
        auto rows = classic.slots();
        by_time(rows);
        // A slot that ended just before the clearing may be written just after it.
        const auto took = static_cast<long>(now_ns() - begin) + 60'000'000;
        CHECK(rows.back().jiffies - rows.front().jiffies <= took / jiffy_ns());
        for (const auto& row : rows) {
            CHECK(row.minor >= 0);
            CHECK(row.major == 0);
            CHECK(row.cpu_jiffies >= 0);
            CHECK(row.cpu_jiffies <= 10'000'000'000 / jiffy_ns());
        }
        load.kill_and_reap(SIGKILL);
        classic.clear();
    }

    TEST_CASE("half a slot is never seen: words 1 to 3 come before word 0")
    {
        EmptyRegistry empty;
        const ClassicMap classic;
        classic.clear();
        Child load{[] {
            for (;;)
                touch_pages(16);
            return 0;
        }};
        REQUIRE(register_pid(load.pid()) == 0);
        int seen = 0;
        REQUIRE(eventually([&] {
            const volatile long* word = classic.words();
            for (std::size_t i = 0; i < MP3_CLASSIC_WORDS; i += MP3_CLASSIC_SLOT_WORDS) {
                if (word[i] == -1)
                    continue;
                __atomic_thread_fence(__ATOMIC_ACQUIRE);
                if (word[i + 1] == -1 || word[i + 2] == -1 || word[i + 3] == -1)
                    return true;
                for (std::size_t w = 0; w < MP3_CLASSIC_SLOT_WORDS; ++w)
                    classic.words()[i + w] = -1;
                ++seen;
            }
            return seen >= 40;
        }));
        CHECK(seen >= 40);
        classic.clear();
    }
}
