// SPDX-License-Identifier: GPL-2.0-or-later
// Memory runs out in and around the fork hook: what is not followed is counted.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/faults.hpp"
#include "support/figures.hpp"
#include "support/followed.hpp"

#include <doctest/doctest.h>

#include <cerrno>

#include <sys/wait.h>

using namespace guest;

namespace
{

// A child that ends at once; vfork, for there are thousands.
pid_t brief_child()
{
    const pid_t pid = vfork();
    if (pid == 0)
        _exit(0);
    return pid;
}

unsigned count_followed(History& history, pid_t parent)
{
    history.update();
    unsigned finals = 0;
    for (const mp3_record& record : history.all())
        finals +=
            static_cast<pid_t>(record.ppid) == parent && (record.flags & MP3_RECORD_FINAL) != 0 ? 1
                                                                                                : 0;
    return finals;
}

} // namespace

TEST_SUITE("faults" * doctest::skip())
{

    TEST_CASE("an allocation fails in a followed process that forks")
    {
        if (!faults_can_be_injected())
            return;
        FollowingSelf self;
        const __u64 failed_before = self.history().map().figures().follow_failed;
        unsigned forked = 0;
        pid_t pid = -1;
        int error = 0;
        const unsigned faults = each_fault(
            [&] {
                pid = fork();
                if (pid == 0)
                    _exit(0);
                error = errno;
            },
            [&] {
                CAPTURE(error);
                CHECK((pid > 0 || error == ENOMEM || error == EAGAIN));
                if (pid > 0)
                    forked += reap(pid).exited_with(0) ? 1 : 0;
            });
        REQUIRE(pid > 0);
        CHECK(reap(pid).exited_with(0));
        ++forked;
        CHECK(faults > 10);
        note("faults_fork", faults);
        CHECK(eventually([&] { return count_followed(self.history(), getpid()) == forked; }));
        CHECK(self.history().map().figures().follow_failed == failed_before);
    }

    TEST_CASE("the stock of spares runs out: every fork is followed or counted")
    {
        if (!faults_can_be_injected())
            return;
        FollowingSelf self;
        const RingMap& ring = self.history().map();
        const __u64 failed_before = ring.figures().follow_failed;
        constexpr unsigned forks = 1500; // more than the stock
        const auto failed = [&] {
            return static_cast<unsigned>(ring.figures().follow_failed - failed_before);
        };
        {
            StarvedWorkers starved;
            for (unsigned i = 0; i < forks; ++i)
                REQUIRE(reap(brief_child()).exited_with(0));
            CHECK(eventually(
                [&] { return count_followed(self.history(), getpid()) + failed() == forks; }));
            CHECK(failed() > 0);
            note("faults_follow_failed", failed());
        }
        // The worker is asked again by the next fork, and has memory now.
        CHECK(eventually([&] {
            const pid_t pid = brief_child();
            reap(pid);
            return self.history().wait_fresh(getpid()) && self.history().has_final(pid);
        }));
        const unsigned failed_then = failed();
        for (unsigned i = 0; i < 20; ++i)
            CHECK(self.history().wait_final(reap(brief_child()).pid));
        CHECK(failed() == failed_then);
    }
}
