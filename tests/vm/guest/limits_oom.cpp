// SPDX-License-Identifier: GPL-2.0-or-later
// Out of memory while 500 processes are followed: some are killed, the registry
// knows which. Not run unless asked for: -ts=limits-oom --no-skip, in a guest of
// 512 MiB whose console may show what the OOM killer says.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/history.hpp"
#include "support/kernel_memory.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include <sys/mman.h>
#include <sys/wait.h>

using namespace guest;

namespace
{

constexpr int followed = 500;
constexpr int doomed = 20; // of them: the OOM killer's choice before all the memory there is

// Objects that SLUB counts as used while they wait in a CPU's own slabs.
constexpr long slack = 500;

bool prefer_me_dead(const char* score)
{
    return write_text("/proc/self/oom_score_adj", score) == 0;
}

// Takes memory until there is none; killed for it.
int hog(const char* score)
{
    constexpr std::size_t piece = 1 << 20;
    if (!prefer_me_dead(score))
        return 1;
    for (;;) {
        void* memory = mmap(nullptr, piece, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
        if (memory == MAP_FAILED)
            return 2;
    }
}

// A parent of 500 that are followed from birth, on which it waits.
class Family
{
public:
    Family()
    {
        for (int i = 0; i < followed; ++i) {
            pids_.push_back(spawn([i, this]() -> int {
                if (i < doomed && !prefer_me_dead("1000"))
                    return 1;
                ready_.open();
                sleep_for_ever();
            }));
            REQUIRE(pids_.back() > 0);
        }
        for (int i = 0; i < followed; ++i)
            ready_.wait();
    }
    ~Family()
    {
        for (const pid_t pid : pids_) {
            kill(pid, SIGKILL);
            reap(pid);
        }
    }
    Family(const Family&) = delete;
    Family& operator=(const Family&) = delete;

    // Those that were killed meanwhile; they are not reaped.
    std::vector<pid_t> dead() const
    {
        std::vector<pid_t> found;
        for (const pid_t pid : pids_) {
            siginfo_t info{};
            if (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
                info.si_pid == pid)
                found.push_back(pid);
        }
        return found;
    }
    const std::vector<pid_t>& pids() const { return pids_; }

private:
    Gate ready_;
    std::vector<pid_t> pids_;
};

// The registry has all who live and none who died, each of whom had a FINAL record.
void check_registry(const Family& family, History& history)
{
    const auto dead = family.dead();
    for (const pid_t pid : dead)
        REQUIRE(history.wait_final(pid));
    const auto listed = registered();
    for (const pid_t pid : family.pids()) {
        const bool lives = std::find(dead.begin(), dead.end(), pid) == dead.end();
        CHECK((std::find(listed.begin(), listed.end(), pid) != listed.end()) == lives);
        CHECK((history.final_of(pid) == nullptr) == lives);
    }
    CHECK(history.missed() == 0);
    CHECK(listed.size() == family.pids().size() - dead.size() + 1); // and this process
}

// A hog that is followed as well: it ends as wait4() says, killed.
void run_a_hog(const char* score, History& history)
{
    const pid_t pid = spawn([=] { return hog(score); });
    REQUIRE(history.wait_final(pid));
    const Outcome outcome = reap(pid);
    CHECK(WIFSIGNALED(outcome.status));
    CHECK(WTERMSIG(outcome.status) == SIGKILL);
    check_final(*history.final_of(pid), outcome.usage);
    CHECK(outcome.usage.ru_minflt > 1000);
}

} // namespace

TEST_SUITE("limits-oom" * doctest::skip())
{

    TEST_CASE("out of memory while 500 are followed: the registry knows who died")
    {
        REQUIRE(write_text("/proc/sys/vm/oom_dump_tasks", "0") == 0);
        REQUIRE(prefer_me_dead("-1000"));
        const KernelMemory at_first = kernel_memory();
        {
            EmptyRegistry empty;
            History history;
            const std::uint64_t failed = history.map().figures().follow_failed;
            REQUIRE(set_interval(history.fd(), 20'000'000) == 0);
            REQUIRE(follow_pid(getpid()) == 0);
            const Family family;
            CHECK(registered().size() == followed + 1);

            run_a_hog("1000", history); // the hog is the one to go
            check_registry(family, history);
            for (int i = 0; i < 3; ++i)
                run_a_hog("0", history); // the doomed go first, then the hog
            check_registry(family, history);
            const auto dead = family.dead().size();
            CHECK(dead == doomed);
            note("oom_killed_while_followed", static_cast<long long>(dead) + 4);

            // And the machine is as before: a process is followed to its end.
            const pid_t next = spawn([] { return 0; });
            REQUIRE(history.wait_final(next));
            CHECK(reap(next).exited_with(0));
            CHECK(wait_ticks(3));
            CHECK(history.map().figures().follow_failed == failed);
        }
        CHECK(eventually([&] {
            const KernelMemory now = kernel_memory();
            return now.tasks < at_first.tasks + 50 &&
                   now.registrations < at_first.registrations + slack;
        }));
        std::printf("before: %s\nafter: %s\n", to_string(at_first).c_str(),
                    to_string(kernel_memory()).c_str());
    }
}
