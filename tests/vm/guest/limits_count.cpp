// SPDX-License-Identifier: GPL-2.0-or-later
// As many processes as may be registered, and one more. Not run unless asked
// for: -ts=limits-count --no-skip, in a guest of 3 GiB.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/crowd.hpp"
#include "support/device.hpp"
#include "support/figures.hpp"
#include "support/history.hpp"
#include "support/kernel_memory.hpp"
#include "support/parameter.hpp"
#include "support/skip.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>

using namespace guest;

namespace
{

constexpr int limit = 16'384;

// Objects that SLUB counts as used while they wait in a CPU's own slabs.
constexpr long slack = 500;

std::vector<pid_t> sorted(std::vector<pid_t> pids)
{
    std::sort(pids.begin(), pids.end());
    return pids;
}

void say(const char* when, const KernelMemory& memory)
{
    std::printf("%s: %s\n", when, to_string(memory).c_str());
    std::fflush(stdout);
}

} // namespace

TEST_SUITE("limits-count" * doctest::skip())
{

    TEST_CASE("16384 processes are registered, the next is ENOSPC, and all is given back")
    {
        EmptyRegistry empty;
        History history;
        REQUIRE(Parameter{"max_tasks"}.get() == std::to_string(limit) + "\n");
        write_text("/proc/sys/kernel/pid_max", "65536"); // else the default's 32768
        const KernelMemory at_first = kernel_memory();
        say("before", at_first);
        {
            Crowd crowd{limit};
            REQUIRE(crowd.complete());
            const KernelMemory unregistered = kernel_memory();
            say("all alive", unregistered);
            REQUIRE(crowd.register_all() == 0);
            CHECK(history.map().figures().tasks == limit);
            CHECK(sorted(registered()) == sorted(crowd.pids()));

            Child one_more{[]() -> int { sleep_for_ever(); }};
            CHECK(register_pid(one_more.pid()) == ENOSPC);
            CHECK(follow_pid(one_more.pid()) == ENOSPC);
            CHECK(register_pid(crowd.pids().front()) == EEXIST);

            // One ends: at the next tick there is room again, for one.
            const pid_t last = crowd.pids().back();
            kill(last, SIGKILL);
            REQUIRE(history.wait_final(last));
            CHECK(register_pid(one_more.pid()) == 0);
            CHECK(register_pid(getpid()) == ENOSPC);
            CHECK(is_registered(one_more.pid()));
            const KernelMemory full = kernel_memory();
            say("all registered", full);

            CHECK(unregister_all() == 0); // in one write
            CHECK(registered().empty());
            CHECK(history.map().figures().tasks == 0);
            history.update();
            std::size_t ended = 0;
            for (const pid_t pid : crowd.pids())
                ended += history.final_of(pid) != nullptr ? 1U : 0U;
            CHECK(ended == limit);
            CHECK(history.missed() == 0); // a pass fits into half the ring

            if (!full.has_slab_figures) {
                skip("this kernel has no /proc/slabinfo");
            } else {
                CHECK(full.registrations - unregistered.registrations > limit - slack);
                CHECK(eventually([&] {
                    return kernel_memory().registrations < unregistered.registrations + slack;
                }));
            }
            say("all ended", kernel_memory());
        }
        CHECK(eventually([&] { return kernel_memory().tasks < at_first.tasks + slack; }));
        say("all dead", kernel_memory());
    }

    TEST_CASE("16384 processes that die while they are registered are given back too")
    {
        EmptyRegistry empty;
        History history;
        write_text("/proc/sys/kernel/pid_max", "65536");
        const KernelMemory at_first = kernel_memory();
        Crowd crowd{limit};
        REQUIRE(crowd.complete());
        REQUIRE(crowd.register_all() == 0);
        std::size_t ended = 0;
        for (const pid_t pid : std::vector<pid_t>{crowd.pids()}) {
            kill(pid, SIGKILL);
            history.update(); // who lives has a record a second, and the ring holds four
        }
        for (const pid_t pid : std::vector<pid_t>{crowd.pids()})
            ended += history.wait_final(pid) ? 1U : 0U;
        CHECK(ended == limit);
        CHECK(history.missed() == 0);
        CHECK(registered().empty());
        crowd.shrink_to(0);
        CHECK(eventually([&] {
            const KernelMemory now = kernel_memory();
            return now.tasks < at_first.tasks + slack &&
                   now.registrations < at_first.registrations + slack;
        }));
        say("all dead", kernel_memory());
    }
}
