// SPDX-License-Identifier: GPL-2.0-or-later
// What a stream of records promises from one record to the next.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/followed.hpp"
#include "support/load.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <map>

#include <fcntl.h>
#include <sys/prctl.h>

using namespace guest;
using std::chrono::milliseconds;

namespace
{

constexpr std::uint64_t ns_per_s = 1'000'000'000;

void check_not_less(const mp3_record& before, const mp3_record& after)
{
    CHECK(after.min_flt >= before.min_flt);
    CHECK(after.maj_flt >= before.maj_flt);
    CHECK(after.cpu_ns >= before.cpu_ns);
    CHECK(after.utime_ns >= before.utime_ns);
    CHECK(after.stime_ns >= before.stime_ns);
    CHECK(after.time_ns >= before.time_ns);
    CHECK(static_cast<int>(after.nvcsw - before.nvcsw) >= 0);
    CHECK(static_cast<int>(after.nivcsw - before.nivcsw) >= 0);
    CHECK(after.ppid == before.ppid);
}

void check_stream(const std::vector<mp3_record>& records)
{
    std::map<std::pair<__u32, __u64>, const mp3_record*> last;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const mp3_record& record = records[i];
        if (i > 0)
            CHECK(record.seq == records[i - 1].seq + 1);
        CHECK(record.reserved == 0);
        CHECK(record.time_ns >= record.start_ns);
        CHECK((record.flags & ~15U) == 0);
        if ((record.flags & MP3_RECORD_EXITED) != 0)
            CHECK((record.flags & MP3_RECORD_FINAL) != 0);
        auto& before = last[{record.pid, record.start_ns}];
        const bool begins = before == nullptr || (before->flags & MP3_RECORD_FINAL) != 0;
        CHECK(begins == ((record.flags & MP3_RECORD_FIRST) != 0));
        if (!begins)
            check_not_less(*before, record);
        before = &record;
    }
}

} // namespace

TEST_SUITE("exact")
{

    TEST_CASE("a stream: seq consecutive, FIRST once, FINAL last, totals never go down")
    {
        FollowingSelf self;
        std::vector<pid_t> pids;
        for (int i = 1; i <= 6; ++i)
            pids.push_back(spawn([=] { return live({milliseconds{40 * i}, 1 + i % 3}); }));
        for (const pid_t pid : pids) {
            reap(pid);
            REQUIRE(self.history().wait_final(pid));
        }
        REQUIRE(unregister_pid(getpid()) == 0);
        REQUIRE(self.history().wait_final(getpid()));
        CHECK(self.history().missed() == 0);
        check_stream(self.history().all());
        for (const pid_t pid : pids)
            for (const auto& record : self.history().of(pid))
                CHECK((record.flags & MP3_RECORD_FOLLOWED) != 0);
        CHECK((self.history().final_of(getpid())->flags &
               (MP3_RECORD_FOLLOWED | MP3_RECORD_EXITED)) == 0);
    }

    TEST_CASE("identity is constant through exec, the name is not")
    {
        FollowingSelf self;
        const std::string renamed = "renamed-child";
        Gate go;
        Child child{[&] {
            prctl(PR_SET_NAME, renamed.c_str());
            go.wait();
            const char* words[] = {"mp3-guest-test", "--child", "touch", "10", nullptr};
            execv("/proc/self/exe", const_cast<char**>(words));
            return 127;
        }};
        REQUIRE(eventually([&] {
            const auto record = self.history().wait_fresh(child.pid());
            return record && renamed == record->comm;
        }));
        go.open();
        CHECK(child.reap().exited_with(0));
        REQUIRE(self.history().wait_final(child.pid()));
        const auto records = self.history().of(child.pid());
        for (const auto& record : records)
            CHECK(record.start_ns == records.front().start_ns);
        CHECK(renamed != records.back().comm);
    }

    TEST_CASE("start_ns is the start that /proc/PID/stat shows")
    {
        FollowingSelf self;
        Child child{[] {
            sleep_for_ever();
            return 0;
        }};
        const auto record = self.history().wait_fresh(child.pid());
        REQUIRE(record);
        const auto fields = proc_stat(child.pid());
        REQUIRE(fields.size() > 19);
        timespec mono{};
        timespec boot{};
        clock_gettime(CLOCK_MONOTONIC, &mono);
        clock_gettime(CLOCK_BOOTTIME, &boot);
        const long long suspended = boot.tv_sec - mono.tv_sec; // none in a guest
        CHECK(suspended <= 1);
        const auto per_tick = static_cast<long long>(ns_per_s) / sysconf(_SC_CLK_TCK);
        const long long ticks = static_cast<long long>(record->start_ns) / per_tick;
        CHECK(std::llabs(ticks - fields[22 - 3]) <= 1);
    }

    TEST_CASE("an idle process has a record at least every second")
    {
        EmptyRegistry empty;
        History history;
        Child child{[] {
            sleep_for_ever();
            return 0;
        }};
        REQUIRE(register_pid(child.pid()) == 0);
        sleep_until_ns(now_ns() + 5 * ns_per_s);
        history.update();
        const mp3_figures figures = history.map().figures();
        const auto records = history.of(child.pid());
        REQUIRE(records.size() >= 5);
        const std::uint64_t late_ticks = figures.missed_ticks + figures.throttled_ticks + 1;
        for (std::size_t i = 1; i < records.size(); ++i)
            CHECK(records[i].time_ns - records[i - 1].time_ns <=
                  ns_per_s + late_ticks * figures.interval_ns);
        CHECK(history.map().figures().tasks == 1);
    }

    TEST_CASE("records of a tick bear its time")
    {
        EmptyRegistry empty;
        History history;
        std::vector<pid_t> pids;
        for (int i = 0; i < 5; ++i)
            pids.push_back(spawn([] {
                burn(milliseconds{60'000});
                return 0;
            }));
        for (const pid_t pid : pids)
            REQUIRE(register_pid(pid) == 0);
        REQUIRE(wait_ticks(5));
        history.update();
        REQUIRE(wait_ticks(1));
        const std::uint64_t last_tick = history.map().figures().last_tick_ns;
        CHECK(last_tick <= now_ns());
        std::map<std::uint64_t, int> per_time;
        for (const auto& record : history.all()) {
            if ((record.flags & (MP3_RECORD_FIRST | MP3_RECORD_FINAL)) == 0) {
                CHECK(record.time_ns <= last_tick);
                ++per_time[record.time_ns];
            }
        }
        int shared = 0;
        for (const auto& [time, count] : per_time)
            shared += count > 1 ? 1 : 0;
        CHECK(shared >= 2);
        for (const pid_t pid : pids) {
            kill(pid, SIGKILL);
            reap(pid);
        }
    }

    TEST_CASE("figures of the moment: uid, threads, rss, name")
    {
        EmptyRegistry empty;
        History history;
        Child child{[] { return live({milliseconds{60'000}, 4}); }};
        REQUIRE(register_pid(child.pid()) == 0);
        std::optional<mp3_record> record;
        CHECK(eventually([&] {
            record = history.wait_fresh(child.pid());
            return record && record->threads == 4;
        }));
        REQUIRE(record);
        CHECK(record->uid == 0);
        CHECK(record->ppid == static_cast<__u32>(getpid()));
        const std::string statm = read_text("/proc/" + std::to_string(child.pid()) + "/statm");
        const long rss_pages = std::atol(statm.substr(statm.find(' ')).c_str());
        CHECK(record->rss_bytes > 0);
        CHECK(record->rss_bytes % page_size() == 0);
        // Per-CPU batches of the kernel's own RSS counters blur both readings.
        CHECK(std::labs(static_cast<long>(record->rss_bytes / page_size()) - rss_pages) <= 512);
        CHECK(record->swap_bytes == 0);
        CHECK(read_text("/proc/" + std::to_string(child.pid()) + "/comm") ==
              std::string{record->comm} + "\n");
    }
}
