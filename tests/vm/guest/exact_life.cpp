// SPDX-License-Identifier: GPL-2.0-or-later
// A child followed from its birth: the FINAL record equals wait4() to the
// fault, however it lives, ends and is reaped.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/followed.hpp"
#include "support/load.hpp"

#include <doctest/doctest.h>

#include <cstdint>

#include <unistd.h>

using namespace guest;
using std::chrono::milliseconds;

namespace
{

constexpr __u32 over = MP3_RECORD_FINAL | MP3_RECORD_EXITED | MP3_RECORD_FOLLOWED;

enum class Reaping { at_once, after_final };

void check_life(const Life& life, Reaping reaping)
{
    CAPTURE(life.length.count());
    CAPTURE(life.threads);
    CAPTURE(static_cast<int>(life.ending));
    CAPTURE(static_cast<int>(reaping));
    FollowingSelf self;
    Child child{[&] { return live(life); }};
    if (reaping == Reaping::after_final) {
        REQUIRE(wait_zombie(child.pid()));
        REQUIRE(self.history().wait_final(child.pid()));
        CHECK(wait_zombie(child.pid())); // nobody has reaped it meanwhile
    }
    const Outcome outcome = child.reap();
    CHECK(outcome.exited_with(0));
    REQUIRE(self.history().wait_final(child.pid()));
    const mp3_record& record = *self.history().final_of(child.pid());
    CHECK((record.flags & over) == over);
    CHECK(outcome.usage.ru_minflt >= life.pages);
    if (reaping == Reaping::after_final)
        check_final(record, outcome.usage);
    else
        check_final_of_early_wait(record, outcome.usage);
    // No CPU time beyond what its life had room for, on every CPU.
    const auto cpus = static_cast<std::uint64_t>(sysconf(_SC_NPROCESSORS_ONLN));
    CHECK(record.cpu_ns <= (record.time_ns - record.start_ns) * cpus);
}

void check_lengths(int threads, Ending ending, Reaping reaping)
{
    for (const int length : {1, 10, 200})
        check_life({milliseconds{length}, threads, ending}, reaping);
}

} // namespace

TEST_SUITE("exact")
{

    TEST_CASE("one thread, reaped at once")
    {
        check_lengths(1, Ending::all_together, Reaping::at_once);
    }

    TEST_CASE("one thread, FINAL before the wait")
    {
        check_lengths(1, Ending::all_together, Reaping::after_final);
    }

    TEST_CASE("eight threads, reaped at once")
    {
        check_lengths(8, Ending::all_together, Reaping::at_once);
    }

    TEST_CASE("eight threads, FINAL before the wait")
    {
        check_lengths(8, Ending::all_together, Reaping::after_final);
    }

    TEST_CASE("the leader ends first, reaped at once")
    {
        check_lengths(8, Ending::leader_first, Reaping::at_once);
    }

    TEST_CASE("the leader ends first, FINAL before the wait")
    {
        check_lengths(8, Ending::leader_first, Reaping::after_final);
    }

    TEST_CASE("exec by a thread that is not the leader, reaped at once")
    {
        check_lengths(8, Ending::exec_by_non_leader, Reaping::at_once);
    }

    TEST_CASE("exec by a thread that is not the leader, FINAL before the wait")
    {
        check_lengths(8, Ending::exec_by_non_leader, Reaping::after_final);
    }

    TEST_CASE("the only other thread calls exec")
    {
        check_lengths(2, Ending::exec_by_non_leader, Reaping::at_once);
    }

    TEST_CASE("eight threads, sampled every millisecond, FINAL before the wait")
    {
        const Fd fd = open_device();
        REQUIRE(set_interval(fd.get(), 1'000'000) == 0);
        for (int i = 0; i < 3; ++i)
            check_lengths(8, Ending::all_together, Reaping::after_final);
    }

    TEST_CASE("it exits at once")
    {
        FollowingSelf self;
        for (int i = 0; i < 20; ++i) {
            Child child{[] { return 0; }};
            const Outcome outcome = child.reap();
            REQUIRE(self.history().wait_final(child.pid()));
            check_final_of_early_wait(*self.history().final_of(child.pid()), outcome.usage);
        }
    }

    TEST_CASE("it is killed while eight threads fault")
    {
        FollowingSelf self;
        Child child{[] { return live({milliseconds{60'000}, 8}); }};
        REQUIRE(self.history().wait_fresh(child.pid()));
        const Outcome outcome = child.kill_and_reap(SIGKILL);
        REQUIRE(self.history().wait_final(child.pid()));
        check_final_of_early_wait(*self.history().final_of(child.pid()), outcome.usage);
    }
}
