// SPDX-License-Identifier: GPL-2.0-or-later
// PID namespaces: numbers are the writer's, outsiders are not seen, and the
// device, which bears global PIDs, wants a capability.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/history.hpp"
#include "support/namespace.hpp"
#include "support/skip.hpp"
#include "support/status.hpp"
#include "support/users.hpp"

#include <doctest/doctest.h>

#include <cerrno>

#include <sched.h>

using namespace guest;

TEST_SUITE("permission")
{

    TEST_CASE("inside a PID namespace, R 1 is the namespace's first process")
    {
        if (!pid_namespaces())
            return;
        EmptyRegistry empty;
        History history;
        Gate registered_inside;
        Gate go;
        Child keeper{[&] {
            return in_pid_namespace([&] {
                const bool good = register_pid(1) == 0 && registered() == std::vector<pid_t>{1};
                registered_inside.open();
                go.wait();
                return good ? 0 : 1;
            });
        }};
        registered_inside.wait();
        const auto outside = registered();
        REQUIRE(outside.size() == 1);
        CHECK(outside[0] > 1);                              // the list shows the reader's numbers
        const auto record = history.wait_fresh(outside[0]); // the record bears the global one
        REQUIRE(record);
        CHECK(record->ppid > 1);
        CHECK_FALSE(is_registered(1));
        go.open();
        CHECK(keeper.reap().exited_with(0));
        CHECK(history.wait_final(outside[0]));
    }

    TEST_CASE("inside, outsiders are neither listed nor found")
    {
        if (!pid_namespaces())
            return;
        EmptyRegistry empty;
        REQUIRE(register_pid(getpid()) == 0);
        const pid_t outsider = getpid();
        CHECK(in_pid_namespace([=] {
                  const bool hidden = registered().empty();
                  const bool unknown = register_pid(outsider) == ESRCH;
                  const int end = unregister_pid(outsider);
                  return hidden && unknown && (end == ENOENT || end == ESRCH) ? 0 : 1;
              }) == 0);
        CHECK(registered() == std::vector<pid_t>{outsider});
    }

    TEST_CASE("the device opens inside a PID namespace with a capability only")
    {
        if (!pid_namespaces())
            return;
        CHECK(in_pid_namespace([] { return open_device() ? 0 : errno; }) == 0);
        CHECK(in_pid_namespace(
                  [] { return as(alice, [] { return open_device() ? 0 : errno; }); }) == EPERM);
        CHECK(in_pid_namespace([] {
                  if (!drop_capabilities())
                      return 1;
                  return open_device() ? 0 : errno;
              }) == EPERM);
    }

    TEST_CASE("a descriptor from outside may be used inside")
    {
        if (!pid_namespaces())
            return;
        EmptyRegistry empty;
        const Fd fd = open_device();
        REQUIRE(register_pid(getpid()) == 0);
        CHECK(in_pid_namespace([&] { return read_ticks(fd.get()) > 0 ? 0 : 1; }) == 0);
    }

    TEST_CASE("in a user namespace, its own root is nobody here")
    {
        EmptyRegistry empty;
        Child his{[] {
            become(bob);
            sleep_for_ever();
            return 0;
        }};
        const int result = as(alice, [&] {
            if (unshare(CLONE_NEWUSER) != 0)
                return no_namespaces;
            return register_pid(his.pid()); // all capabilities, over nothing
        });
        if (result == no_namespaces) {
            skip("no user namespaces for ordinary users");
            return;
        }
        CHECK(result == EPERM);
        CHECK(registered().empty());
    }
}
