// SPDX-License-Identifier: GPL-2.0-or-later
// A ring of 64 records, overrun a thousand times: what a reader has missed is
// what the head's arithmetic says. Needs the module loaded with ring_records=64;
// not run unless asked for: -ts=limits-overrun --no-skip.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/ring.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace guest;

namespace
{

constexpr std::uint64_t capacity = 64;
constexpr std::uint64_t times = 1000;

// One write that publishes two records a line pair, some hundred of them.
std::string flood_of(pid_t pid)
{
    const std::string pair = "R " + std::to_string(pid) + "\nU " + std::to_string(pid) + "\n";
    std::string lines;
    while (lines.size() + pair.size() <= page_size())
        lines += pair;
    return lines;
}

struct Sleeper {
    Child child{[]() -> int { sleep_for_ever(); }};
    pid_t pid() const { return child.pid(); }
};

// Is this what the module publishes for that process, and nothing torn?
bool sound(const mp3_record& record, pid_t pid)
{
    return record.pid == static_cast<__u32>(pid) && record.reserved == 0 &&
           (record.flags & ~15U) == 0 && record.comm[MP3_COMM_LEN - 1] == 0 &&
           record.time_ns >= record.start_ns;
}

} // namespace

TEST_SUITE("limits-overrun" * doctest::skip())
{

    TEST_CASE("a reader that is overrun a thousand times counts every record it missed")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        REQUIRE(map.header().capacity == capacity);
        const Sleeper sleeper;
        const std::string lines = flood_of(sleeper.pid());
        const std::uint64_t from = map.head();
        Reader reader{map, from};
        std::uint64_t read = 0;
        std::uint64_t overruns = 0;
        for (std::uint64_t i = 0; i < times; ++i) {
            const std::uint64_t missed = reader.missed();
            REQUIRE(command(lines) == 0);
            // Some of what is there: as much as a slow reader has time for.
            for (std::uint64_t n = i % capacity; n > 0; --n) {
                const auto record = reader.next();
                if (!record)
                    break;
                REQUIRE(sound(*record, sleeper.pid()));
                REQUIRE(record->seq == reader.want());
                ++read;
            }
            overruns += reader.missed() > missed ? 1 : 0;
        }
        wait_for_standing_clock();
        while (reader.next())
            ++read;
        CHECK(overruns >= times - times / capacity - 1); // where it read nothing, it saw nothing
        CHECK(reader.want() == map.head());
        CHECK(read + reader.missed() == map.head() - from);
        note("overruns", static_cast<long long>(overruns));
        note("overrun_published", static_cast<long long>(map.head() - from));
        note("overrun_read", static_cast<long long>(read));
        note("overrun_missed", static_cast<long long>(reader.missed()));
    }

    TEST_CASE("a reader that is overrun while it reads never sees half a record")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        REQUIRE(map.header().capacity == capacity);
        const Sleeper sleeper;
        const std::uint64_t from = map.head();
        const std::uint64_t until = from + times * capacity;
        Child writer{[&] {
            const Fd own = open_device(); // a mapping is not inherited
            const RingMap mine{own.get()};
            const std::string lines = flood_of(sleeper.pid());
            while (mine.head() < until)
                if (command(lines) != 0)
                    return 1;
            return 0;
        }};
        Reader reader{map, from};
        std::uint64_t read = 0;
        std::uint64_t last = from;
        while (map.head() < until)
            while (const auto record = reader.next()) {
                REQUIRE(sound(*record, sleeper.pid()));
                REQUIRE(record->seq > last);
                last = record->seq;
                ++read;
            }
        CHECK(writer.reap().exited_with(0));
        wait_for_standing_clock();
        while (reader.next())
            ++read;
        CHECK(read + reader.missed() == map.head() - from);
        note("overrun_while_reading_read", static_cast<long long>(read));
        note("overrun_while_reading_missed", static_cast<long long>(reader.missed()));
    }
}
