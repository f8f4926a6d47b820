// SPDX-License-Identifier: GPL-2.0-or-later
// Who may register whom, and end it: by the credentials the file was opened with.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/history.hpp"
#include "support/status.hpp"
#include "support/users.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>
#include <memory>

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>

using namespace guest;

namespace
{

struct Identity {
    uid_t real, effective, saved;
    gid_t real_group, effective_group, saved_group;
};

std::unique_ptr<Child> sleeper_with(const Identity& id)
{
    Gate ready;
    auto child = std::make_unique<Child>([&] {
        if (setgroups(0, nullptr) != 0 ||
            setresgid(id.real_group, id.effective_group, id.saved_group) != 0 ||
            setresuid(id.real, id.effective, id.saved) != 0)
            return 1;
        ready.open();
        sleep_for_ever();
    });
    ready.wait();
    return child;
}

} // namespace

TEST_SUITE("permission")
{

    TEST_CASE("a user registers, follows and unregisters processes of his own")
    {
        EmptyRegistry empty;
        History history;
        const auto own = sleeper_of(alice);
        CHECK(as(alice, [&] { return register_pid(own->pid()); }) == 0);
        CHECK(is_registered(own->pid()));
        const auto record = history.wait_fresh(own->pid());
        REQUIRE(record);
        CHECK(record->uid == alice.uid);
        CHECK(as(alice, [&] { return follow_pid(own->pid()); }) == 0);
        CHECK(as(alice, [&] { return unregister_pid(own->pid()); }) == 0);
        CHECK(registered().empty());
        CHECK(as(bob, [] { return register_pid(getpid()); }) == 0); // no group needed for that
    }

    TEST_CASE("another user's process is EPERM, and not registered")
    {
        EmptyRegistry empty;
        const auto his = sleeper_of(bob);
        const auto roots = std::make_unique<Child>([] {
            sleep_for_ever();
            return 0;
        });
        for (const pid_t pid : {his->pid(), roots->pid(), pid_t{1}}) {
            CAPTURE(pid);
            CHECK(as(alice, [=] { return register_pid(pid); }) == EPERM);
            CHECK(as(alice, [=] { return follow_pid(pid); }) == EPERM);
        }
        CHECK(as(alice, [] { return register_pid(2); }) == EPERM); // a kernel thread
        CHECK(registered().empty());
    }

    TEST_CASE("a user without the process's rights does not upgrade it to follow")
    {
        EmptyRegistry empty;
        const auto his = sleeper_of(bob);
        REQUIRE(register_pid(his->pid()) == 0);
        const int error = as(alice, [&] { return follow_pid(his->pid()); });
        CHECK((error == EPERM || error == EEXIST));
        CHECK(follow_pid(his->pid()) == 0); // it was not upgraded before
    }

    TEST_CASE("real, effective and saved uid and gid must all match")
    {
        EmptyRegistry empty;
        constexpr uid_t a = 1000;
        constexpr uid_t b = 1001;
        const Identity same{a, a, a, a, a, a};
        const Identity others[] = {{b, a, a, a, a, a}, {a, b, a, a, a, a}, {a, a, b, a, a, a},
                                   {a, a, a, b, a, a}, {a, a, a, a, b, a}, {a, a, a, a, a, b},
                                   {a, 0, 0, a, a, a}, {a, a, 0, a, a, a}, {a, a, a, a, 0, 0}};
        for (const auto& id : others) {
            CAPTURE(&id - others);
            const auto child = sleeper_with(id);
            CHECK(as(alice, [&] { return register_pid(child->pid()); }) == EPERM);
        }
        CHECK(registered().empty());
        const auto child = sleeper_with(same);
        CHECK(as(alice, [&] { return register_pid(child->pid()); }) == 0);
    }

    TEST_CASE("U is for the registrant, the owner and the capable")
    {
        EmptyRegistry empty;
        const auto hers = sleeper_of(alice);
        REQUIRE(register_pid(hers->pid()) == 0); // by root
        CHECK(as(bob, [&] { return unregister_pid(hers->pid()); }) == EPERM);
        CHECK(is_registered(hers->pid()));
        CHECK(as(alice, [&] { return unregister_pid(hers->pid()); }) == 0); // the owner

        REQUIRE(as(alice, [&] { return register_pid(hers->pid()); }) == 0);
        CHECK(unregister_pid(hers->pid()) == 0); // the capable

        REQUIRE(as(alice, [&] { return register_pid(hers->pid()); }) == 0);
        CHECK(as(alice, [&] { return unregister_pid(hers->pid()); }) == 0); // the registrant
    }

    TEST_CASE("U by the registrant, who is not the owner")
    {
        EmptyRegistry empty;
        const auto his = sleeper_of(bob);
        REQUIRE(register_pid(his->pid()) == 0); // by root
        CHECK(as(alice, [&] { return unregister_pid(his->pid()); }) == EPERM);
        REQUIRE(unregister_pid(his->pid()) == 0);

        // By alice, while she has CAP_PERFMON; she ends it without.
        REQUIRE(reap(spawn([&] {
                    return prctl(PR_SET_KEEPCAPS, 1) == 0 && become(alice) && keep_only_perfmon() &&
                                   register_pid(his->pid()) == 0
                               ? 0
                               : 1;
                })).exited_with(0));
        CHECK(as(stranger, [&] { return unregister_pid(his->pid()); }) == EPERM);
        CHECK(as(alice, [&] { return unregister_pid(his->pid()); }) == 0);
        CHECK(registered().empty());
    }

    TEST_CASE("U * ends what the writer may end, and leaves the rest")
    {
        EmptyRegistry empty;
        const auto hers = sleeper_of(alice);
        const auto his = sleeper_of(bob);
        REQUIRE(register_pid(hers->pid()) == 0);
        REQUIRE(register_pid(his->pid()) == 0);
        CHECK(as(alice, [] { return unregister_all(); }) == 0);
        CHECK(registered() == std::vector<pid_t>{his->pid()});
        CHECK(as(alice, [] { return unregister_all(); }) == 0);
        CHECK(registered() == std::vector<pid_t>{his->pid()});
        CHECK(unregister_all() == 0);
        CHECK(registered().empty());
    }

    TEST_CASE("the opener's rights go with the descriptor")
    {
        EmptyRegistry empty;
        const auto his = sleeper_of(bob);
        const Fd opened_by_root{open(status_path, O_RDWR | O_CLOEXEC)};
        const std::string line = "R " + std::to_string(his->pid());
        CHECK(as(alice, [&] { return command_to(opened_by_root.get(), line); }) == 0);
        CHECK(is_registered(his->pid()));
    }

    TEST_CASE("CAP_PERFMON alone is enough, a root without capabilities is nobody")
    {
        EmptyRegistry empty;
        const auto his = sleeper_of(bob);
        CHECK(reap(spawn([&] {
                  return drop_capabilities() && register_pid(his->pid()) == EPERM ? 0 : 1;
              })).exited_with(0));
        CHECK(reap(spawn([&] {
                  return keep_only_perfmon() && register_pid(his->pid()) == 0 ? 0 : 1;
              })).exited_with(0));
        CHECK(is_registered(his->pid()));
    }
}
