// SPDX-License-Identifier: GPL-2.0-or-later
// Many children, and children of children: none is missed, every one is exact.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/followed.hpp"
#include "support/load.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <map>
#include <thread>

#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

using namespace guest;

namespace
{

pid_t raw_clone(unsigned long flags)
{
    return static_cast<pid_t>(syscall(SYS_clone, flags, 0, 0, 0, 0));
}

void exec_touch(const char* pages)
{
    const char* words[] = {"mp3-guest-test", "--child", "touch", pages, nullptr};
    execv("/proc/self/exe", const_cast<char**>(words));
    _exit(127);
}

// Faults and CPU time of several FINAL records together.
mp3_record sum(History& history, const std::vector<pid_t>& pids)
{
    mp3_record total{};
    for (const pid_t pid : pids) {
        REQUIRE(history.wait_final(pid));
        total.min_flt += history.final_of(pid)->min_flt;
        total.maj_flt += history.final_of(pid)->maj_flt;
        total.cpu_ns += history.final_of(pid)->cpu_ns;
    }
    return total;
}

} // namespace

TEST_SUITE("exact")
{

    TEST_CASE("1000 short-lived children: none is missed")
    {
        FollowingSelf self;
        constexpr int children = 1000;
        constexpr int at_a_time = 20;
        const __u64 failed_before = self.history().map().figures().follow_failed;
        std::map<pid_t, rusage> waited;
        for (int started = 0; started < children;) {
            std::vector<pid_t> pids;
            for (int i = 0; i < at_a_time; ++i, ++started)
                pids.push_back(spawn([=] { return touch_pages(started % 50) ? 0 : 1; }));
            for (const pid_t pid : pids)
                waited[pid] = reap(pid).usage;
            self.history().update();
        }
        REQUIRE(waited.size() == children);

        int missed = 0;
        long long wait4_faults = 0;
        long long ring_faults = 0;
        for (const auto& [pid, usage] : waited) {
            if (!self.history().wait_final(pid)) {
                ++missed;
                continue;
            }
            check_final_of_early_wait(*self.history().final_of(pid), usage);
            wait4_faults += usage.ru_minflt;
            ring_faults += static_cast<long long>(self.history().final_of(pid)->min_flt);
        }
        CHECK(missed == 0);
        CHECK(wait4_faults == ring_faults);
        CHECK(self.history().map().figures().follow_failed == failed_before);
        note("processes_missed_of_1000", missed);

        std::map<std::pair<__u32, __u64>, int> identities;
        for (const auto& record : self.history().all())
            if ((record.flags & MP3_RECORD_FIRST) != 0)
                ++identities[{record.pid, record.start_ns}];
        CHECK(identities.size() == children + 1); // and this process
        for (const auto& [identity, firsts] : identities)
            CHECK(firsts == 1);
    }

    TEST_CASE("a child and a grandchild that it waits for")
    {
        FollowingSelf self;
        Mail<pid_t> name;
        Child child{[&] {
            touch_pages(100);
            const pid_t grandchild = spawn([] { return touch_pages(200) ? 0 : 1; });
            name.send(grandchild);
            return reap(grandchild).exited_with(0) ? 0 : 1;
        }};
        const Outcome outcome = child.reap(); // its usage includes whom it waited for
        pid_t grandchild = -1;
        REQUIRE(name.receive(grandchild));
        CHECK(outcome.exited_with(0));
        check_final_of_early_wait(sum(self.history(), {child.pid(), grandchild}), outcome.usage);
        CHECK(self.history().final_of(grandchild)->ppid == static_cast<__u32>(child.pid()));
    }

    TEST_CASE("a daemon by double fork keeps its forker as ppid")
    {
        FollowingSelf self;
        REQUIRE(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0); // so that its wait4() is ours
        Mail<pid_t> name;
        Gate orphaned;
        Child middle{[&] {
            const pid_t daemon = fork();
            if (daemon == 0) {
                setsid();
                orphaned.wait();
                _exit(touch_pages(150) ? 0 : 1);
            }
            return name.send(daemon) ? 0 : 1;
        }};
        const Outcome first = middle.reap();
        orphaned.open();
        pid_t daemon = -1;
        REQUIRE(name.receive(daemon));
        const Outcome second = reap(daemon);
        prctl(PR_SET_CHILD_SUBREAPER, 0);
        CHECK(second.exited_with(0));
        REQUIRE(self.history().wait_final(middle.pid()));
        REQUIRE(self.history().wait_final(daemon));
        check_final_of_early_wait(*self.history().final_of(middle.pid()), first.usage);
        check_final_of_early_wait(*self.history().final_of(daemon), second.usage);
        for (const auto& record : self.history().of(daemon))
            CHECK(record.ppid == static_cast<__u32>(middle.pid()));
    }

    TEST_CASE("vfork and exec")
    {
        FollowingSelf self;
        const pid_t pid = vfork();
        if (pid == 0)
            exec_touch("300");
        const Outcome outcome = reap(pid);
        CHECK(outcome.exited_with(0));
        CHECK(outcome.usage.ru_minflt >= 300);
        REQUIRE(self.history().wait_final(pid));
        check_final_of_early_wait(*self.history().final_of(pid), outcome.usage);
    }

    TEST_CASE("clone with CLONE_PARENT: followed, and its forker is its ppid")
    {
        FollowingSelf self;
        Mail<pid_t> name;
        Child child{[&] {
            const pid_t sibling = raw_clone(CLONE_PARENT | SIGCHLD);
            if (sibling == 0)
                _exit(touch_pages(120) ? 0 : 1);
            return name.send(sibling) ? 0 : 1;
        }};
        CHECK(child.reap().exited_with(0));
        pid_t sibling = -1;
        REQUIRE(name.receive(sibling));
        const Outcome outcome = reap(sibling); // our child, by CLONE_PARENT
        CHECK(outcome.exited_with(0));
        REQUIRE(self.history().wait_final(sibling));
        check_final_of_early_wait(*self.history().final_of(sibling), outcome.usage);
        CHECK(self.history().final_of(sibling)->ppid == static_cast<__u32>(child.pid()));
    }

    TEST_CASE("clone that shares the memory, without CLONE_THREAD, is a process")
    {
        FollowingSelf self;
        std::vector<unsigned char> stack(65536);
        const auto body = [](void*) { return touch_pages(50) ? 0 : 1; };
        const pid_t pid = clone(body, stack.data() + stack.size(), CLONE_VM | SIGCHLD, nullptr);
        const Outcome outcome = reap(pid);
        CHECK(outcome.exited_with(0));
        REQUIRE(self.history().wait_final(pid));
        check_final_of_early_wait(*self.history().final_of(pid), outcome.usage);
    }

    TEST_CASE("threads are no processes")
    {
        FollowingSelf self;
        Child child{[] { return live({std::chrono::milliseconds{10}, 8}); }};
        child.reap();
        REQUIRE(self.history().wait_final(child.pid()));
        for (const auto& record : self.history().all()) {
            const bool known = record.pid == static_cast<__u32>(child.pid()) ||
                               record.pid == static_cast<__u32>(getpid());
            CHECK(known);
        }
    }

    TEST_CASE("a child forked by a thread that is not the leader is followed")
    {
        FollowingSelf self;
        Mail<pid_t> name;
        Child child{[&] {
            bool good = false;
            std::thread{[&] {
                const pid_t grandchild = spawn([] { return touch_pages(77) ? 0 : 1; });
                good = name.send(grandchild) && reap(grandchild).exited_with(0);
            }}.join();
            return good ? 0 : 1;
        }};
        const Outcome outcome = child.reap();
        CHECK(outcome.exited_with(0));
        pid_t grandchild = -1;
        REQUIRE(name.receive(grandchild));
        check_final_of_early_wait(sum(self.history(), {child.pid(), grandchild}), outcome.usage);
        CHECK(self.history().final_of(grandchild)->ppid == static_cast<__u32>(child.pid()));
    }

    TEST_CASE("without follow, children are not registered")
    {
        EmptyRegistry empty;
        History history;
        REQUIRE(register_pid(getpid()) == 0);
        Child child{[] { return touch_pages(10) ? 0 : 1; }};
        child.reap();
        REQUIRE(wait_ticks(2));
        history.update();
        CHECK(history.of(child.pid()).empty());
    }
}
