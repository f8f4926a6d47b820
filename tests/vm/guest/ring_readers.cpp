// SPDX-License-Identifier: GPL-2.0-or-later
// Readers of any speed agree on the totals; who was overrun knows by how much.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/history.hpp"
#include "support/load.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <cstring>
#include <map>
#include <string>
#include <thread>

using namespace guest;

namespace
{

using Finals = std::map<pid_t, mp3_record>;

// A reader in a thread of its own that empties the ring every so often.
class Monitor
{
public:
    Monitor(const RingMap& map, std::uint64_t from, std::chrono::milliseconds pause)
        : reader_{map, from}, pause_{pause}
    {
    }

    void start()
    {
        thread_ = std::thread{[this] {
            while (!stop_) {
                drain();
                std::this_thread::sleep_for(pause_);
            }
        }};
    }

    void finish()
    {
        stop_ = true;
        if (thread_.joinable())
            thread_.join();
        drain();
    }

    void drain()
    {
        while (const auto record = reader_.next()) {
            ++read_;
            if (record->seq <= last_seq_ || record->reserved != 0 ||
                record->comm[MP3_COMM_LEN - 1] != 0)
                ++absurd_;
            last_seq_ = record->seq;
            if ((record->flags & MP3_RECORD_EXITED) != 0)
                exited_[static_cast<pid_t>(record->pid)] = *record;
        }
    }

    const Finals& exited() const { return exited_; }
    std::uint64_t read() const { return read_; }
    std::uint64_t missed() const { return reader_.missed(); }
    int absurd() const { return absurd_; }

private:
    Reader reader_;
    std::chrono::milliseconds pause_;
    std::thread thread_;
    std::atomic<bool> stop_{false};
    Finals exited_;
    std::uint64_t read_ = 0;
    std::uint64_t last_seq_ = 0;
    int absurd_ = 0;
};

// Publishes records until `count` more are in the ring: a registration and its
// end are two.
void flood(const RingMap& map, pid_t pid, std::uint64_t count)
{
    std::string lines;
    const std::string pair = "R " + std::to_string(pid) + "\nU " + std::to_string(pid) + "\n";
    while (lines.size() + pair.size() <= page_size())
        lines += pair;
    const std::uint64_t until = map.head() + count;
    while (map.head() < until)
        REQUIRE(command(lines) == 0);
}

bool same_totals(const mp3_record& a, const mp3_record& b)
{
    return a.min_flt == b.min_flt && a.maj_flt == b.maj_flt && a.cpu_ns == b.cpu_ns &&
           a.start_ns == b.start_ns;
}

} // namespace

TEST_SUITE("ring")
{

    TEST_CASE("a fast, a slow and an overrun reader agree on the totals")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        REQUIRE(map.valid());
        REQUIRE(set_interval(fd.get(), 1'000'000) == 0);
        const std::uint64_t from = map.head();
        Monitor fast{map, from, std::chrono::milliseconds{1}};
        Monitor slow{map, from, std::chrono::milliseconds{250}};
        Monitor sleeper{map, from, std::chrono::milliseconds{0}};
        fast.start();
        slow.start();

        Gate go;
        std::vector<pid_t> pids;
        for (int i = 0; i < 8; ++i)
            pids.push_back(spawn([&] {
                go.wait();
                return live({std::chrono::milliseconds{50}, 2});
            }));
        for (const pid_t pid : pids)
            REQUIRE(register_pid(pid) == 0);
        Child idle{[] {
            sleep_for_ever();
            return 0;
        }};
        const std::uint64_t capacity = map.header().capacity;
        flood(map, idle.pid(), capacity + capacity / 2);
        for (std::size_t i = 0; i < pids.size(); ++i)
            go.open();
        for (const pid_t pid : pids)
            CHECK(reap(pid).exited_with(0));
        REQUIRE(eventually([&] { return registered().empty(); }));

        fast.finish();
        slow.finish();
        sleeper.finish();
        const std::uint64_t published = map.head() - from;
        CHECK(fast.read() + fast.missed() == published);
        CHECK(slow.read() + slow.missed() == published);
        CHECK(sleeper.read() + sleeper.missed() == published);
        CHECK(sleeper.read() == capacity - 1);
        CHECK(sleeper.missed() == published - (capacity - 1));
        for (const Monitor* monitor : {&fast, &slow, &sleeper}) {
            CHECK(monitor->absurd() == 0);
            REQUIRE(monitor->exited().size() == pids.size());
            for (const pid_t pid : pids)
                CHECK(same_totals(monitor->exited().at(pid), fast.exited().at(pid)));
        }
        note("records_overrun", static_cast<long long>(sleeper.missed()));
    }

    TEST_CASE("a slot that was overwritten bears the later index")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        Child idle{[] {
            sleep_for_ever();
            return 0;
        }};
        const std::uint64_t capacity = map.header().capacity;
        flood(map, idle.pid(), capacity + 10);
        const std::uint64_t head = map.head();
        for (std::uint64_t index = head - 1; index > head - capacity; --index)
            REQUIRE(map.slot(index)->seq == index + 1);
    }

    TEST_CASE("two readers from two descriptors see the same bytes")
    {
        EmptyRegistry empty;
        History first;
        History second;
        Child child{[] { return live({std::chrono::milliseconds{100}, 2}); }};
        REQUIRE(register_pid(child.pid()) == 0);
        child.reap();
        REQUIRE(first.wait_final(child.pid()));
        REQUIRE(second.wait_final(child.pid()));
        const auto a = first.of(child.pid());
        const auto b = second.of(child.pid());
        REQUIRE(a.size() == b.size());
        for (std::size_t i = 0; i < a.size(); ++i)
            CHECK(std::memcmp(&a[i], &b[i], sizeof a[i]) == 0);
    }
}
