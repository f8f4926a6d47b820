// SPDX-License-Identifier: GPL-2.0-or-later
// The module's parameters: limits that act, and values that are refused.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/history.hpp"
#include "support/parameter.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <sys/stat.h>

using namespace guest;

namespace
{

pid_t sleeper()
{
    return spawn([] {
        sleep_for_ever();
        return 0;
    });
}

void end(pid_t pid)
{
    kill(pid, SIGKILL);
    reap(pid);
}

} // namespace

TEST_SUITE("errors")
{

    TEST_CASE("ENOSPC: the limit of max_tasks")
    {
        EmptyRegistry empty;
        const Parameter limit{"max_tasks"};
        REQUIRE(limit.set("2") == 0);
        const pid_t pids[] = {sleeper(), sleeper(), sleeper()};
        CHECK(register_pid(pids[0]) == 0);
        CHECK(register_pid(pids[1]) == 0);
        CHECK(register_pid(pids[2]) == ENOSPC);
        CHECK(register_pid(pids[0]) == EEXIST);
        CHECK(registered().size() == 2);
        CHECK(unregister_pid(pids[0]) == 0);
        CHECK(register_pid(pids[2]) == 0);
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        CHECK(eventually([&] { return map.header().max_tasks == 2; }));
        for (const pid_t pid : pids)
            end(pid);
    }

    TEST_CASE("a fork beyond max_tasks is counted as follow_failed, not hidden")
    {
        EmptyRegistry empty;
        const Parameter limit{"max_tasks"};
        REQUIRE(limit.set("1") == 0);
        History history;
        const __u64 before = history.map().figures().follow_failed;
        REQUIRE(follow_pid(getpid()) == 0);
        for (int i = 0; i < 3; ++i)
            CHECK(reap(spawn([] { return 0; })).exited_with(0));
        CHECK(eventually([&] { return history.map().figures().follow_failed == before + 3; }));
        history.update();
        for (const auto& record : history.all())
            CHECK(record.pid == static_cast<__u32>(getpid()));
    }

    TEST_CASE("values out of range are EINVAL and change nothing")
    {
        for (const char* name :
             {"max_tasks", "default_interval_us", "min_interval_us", "max_cpu_percent"}) {
            const Parameter parameter{name};
            const std::string before = parameter.get();
            CHECK_FALSE(before.empty());
            for (const char* bad :
                 {"0", "-1", "4294967295", "18446744073709551615", "many", "", "1 2"}) {
                CAPTURE(name);
                CAPTURE(bad);
                if (*bad == 0)
                    continue; // a write of nothing never reaches the module
                const int error = parameter.set(bad);
                CHECK((error == EINVAL || error == ERANGE));
                CHECK(parameter.get() == before);
            }
        }
        const Parameter share{"max_cpu_percent"};
        CHECK(share.set("101") == EINVAL);
        const Parameter interval{"default_interval_us"};
        CHECK(interval.set("1000001") == EINVAL);
    }

    TEST_CASE("the default interval acts where there is no wish")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const RingMap map{fd.get()};
        const Parameter interval{"default_interval_us"};
        REQUIRE(interval.set("20000") == 0);
        REQUIRE(register_pid(getpid()) == 0);
        CHECK(eventually([&] { return map.figures().wish_ns == 20'000'000; }));
        CHECK(eventually([&] { return map.header().default_interval_ns == 20'000'000; }));
    }

    TEST_CASE("min_interval_us bounds the wishes")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        const Parameter smallest{"min_interval_us"};
        REQUIRE(smallest.set("10000") == 0);
        CHECK(set_interval(fd.get(), 9'999'999) == EINVAL);
        CHECK(set_interval(fd.get(), 10'000'000) == 0);
    }

    TEST_CASE("what is fixed at load cannot be written")
    {
        for (const char* name : {"ring_records", "major"}) {
            CAPTURE(name);
            struct stat st {
            };
            REQUIRE(stat((parameters + std::string{name}).c_str(), &st) == 0);
            CHECK((st.st_mode & 0222) == 0);
            CHECK(write_text(parameters + std::string{name}, "1") != 0);
        }
    }
}
