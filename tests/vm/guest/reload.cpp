// SPDX-License-Identifier: GPL-2.0-or-later
// The module comes and goes while processes are registered and forking. Its
// file is beside this program; not run unless asked for: -ts=reload --no-skip.
#include "support/child.hpp"
#include "support/classic.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/load.hpp"
#include "support/module.hpp"
#include "support/ring.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <cstdlib>

using namespace guest;

TEST_SUITE("reload" * doctest::skip())
{

    TEST_CASE("unload and load, with followed processes that fork without pause")
    {
        const std::string module = beside_this_program("mp3.ko");
        REQUIRE(access(module.c_str(), R_OK) == 0);
        std::vector<pid_t> forkers;
        for (int i = 0; i < 3; ++i)
            forkers.push_back(spawn([] {
                for (;;)
                    reap(spawn([] { return touch_pages(4) ? 0 : 1; }));
                return 0;
            }));
        for (int round = 0; round < 30; ++round) {
            REQUIRE(eventually([] { return open_device().get() >= 0; }));
            for (const pid_t pid : forkers)
                REQUIRE(follow_pid(pid) == 0);
            REQUIRE(wait_ticks(2));
            REQUIRE(eventually([] { return remove_module() == 0; }));
            CHECK(access("/proc/mp3", F_OK) != 0);
            REQUIRE(load_module(module) == 0);
            REQUIRE(registered().empty());
        }
        for (const pid_t pid : forkers) {
            kill(pid, SIGKILL);
            reap(pid);
        }
        prepare_node();
    }
}
