// SPDX-License-Identifier: GPL-2.0-or-later
// Set-user-ID programs: they lend their power to nobody who hands them a
// descriptor, and they are not sampled for whom they are none of his business.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/history.hpp"
#include "support/privileged.hpp"
#include "support/status.hpp"
#include "support/users.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>

#include <fcntl.h>

using namespace guest;

TEST_SUITE("permission")
{

    TEST_CASE("a set-user-ID program with alice's descriptor has alice's rights")
    {
        EmptyRegistry empty;
        const PrivilegedCopy program{Power::set_user};
        if (!program.usable())
            return;
        const std::string line = "R " + std::to_string(getpid());
        CHECK(as(alice, [&] {
                  const int fd = open(status_path, O_RDWR);
                  return program.exec({"write", std::to_string(fd), line});
              }) == EPERM);
        CHECK(registered().empty());
        // The same program with a descriptor of its own would have been root.
        CHECK(as(alice, [&] { return program.exec({"command", line}); }) == 0);
        CHECK(is_registered(getpid()));
    }

    TEST_CASE("a process of alice that becomes root is not sampled for her any more")
    {
        EmptyRegistry empty;
        const PrivilegedCopy program{Power::set_user};
        if (!program.usable())
            return;
        History history;
        const Strings strings;
        Gate exec;
        Child child{[&] {
            if (!become(alice))
                return 1;
            exec.wait();
            return program.exec(strings.serve());
        }};
        REQUIRE(
            eventually([&] { return as(alice, [&] { return register_pid(child.pid()); }) == 0; }));
        exec.open();
        REQUIRE(strings.wait_ready());
        REQUIRE(history.wait_final(child.pid()));
        CHECK((history.final_of(child.pid())->flags & MP3_RECORD_EXITED) == 0);
        CHECK_FALSE(is_registered(child.pid()));
        CHECK(as(alice, [&] { return unregister_pid(child.pid()); }) == ENOENT);
        CHECK(as(alice, [&] { return register_pid(child.pid()); }) == EPERM);

        const std::size_t seen = history.of(child.pid()).size();
        REQUIRE(strings.let_go());
        CHECK(child.reap().exited_with(0));
        REQUIRE(register_pid(getpid()) == 0);
        REQUIRE(wait_ticks(3));
        history.update();
        CHECK(history.of(child.pid()).size() == seen);
    }

    TEST_CASE("registered by root, it is sampled on")
    {
        EmptyRegistry empty;
        const PrivilegedCopy program{Power::set_user};
        if (!program.usable())
            return;
        History history;
        const Strings strings;
        Gate exec;
        Child child{[&] {
            if (!become(alice))
                return 1;
            exec.wait();
            return program.exec(strings.serve());
        }};
        REQUIRE(register_pid(child.pid()) == 0);
        exec.open();
        REQUIRE(strings.wait_ready());
        REQUIRE(wait_ticks(3));
        CHECK(is_registered(child.pid()));
        REQUIRE(strings.let_go());
        CHECK(child.reap().exited_with(0));
        REQUIRE(history.wait_final(child.pid()));
        CHECK((history.final_of(child.pid())->flags & MP3_RECORD_EXITED) != 0);
        CHECK(history.final_of(child.pid())->min_flt >= 100);
    }

    TEST_CASE("a followed child that becomes root is not sampled for alice either")
    {
        EmptyRegistry empty;
        const PrivilegedCopy program{Power::set_user};
        if (!program.usable())
            return;
        History history;
        const Strings strings;
        Gate fork_now;
        Mail<pid_t> name;
        Child child{[&] {
            if (!become(alice))
                return 1;
            fork_now.wait();
            const pid_t grandchild = fork();
            if (grandchild == 0)
                _exit(program.exec(strings.serve()));
            name.send(grandchild);
            return reap(grandchild).exited_with(0) ? 0 : 1;
        }};
        REQUIRE(
            eventually([&] { return as(alice, [&] { return follow_pid(child.pid()); }) == 0; }));
        fork_now.open();
        pid_t grandchild = -1;
        REQUIRE(name.receive(grandchild));
        REQUIRE(strings.wait_ready());
        REQUIRE(history.wait_final(grandchild));
        CHECK((history.final_of(grandchild)->flags & MP3_RECORD_EXITED) == 0);
        CHECK_FALSE(is_registered(grandchild));
        CHECK(is_registered(child.pid()));
        REQUIRE(strings.let_go());
        CHECK(child.reap().exited_with(0));
        REQUIRE(history.wait_final(child.pid()));
        history.update();
        CHECK((history.of(grandchild).back().flags & MP3_RECORD_FINAL) != 0);
    }

    TEST_CASE("a user who makes root's registration follow has his own rights")
    {
        EmptyRegistry empty;
        const PrivilegedCopy program{Power::set_user};
        if (!program.usable())
            return;
        History history;
        const Strings strings;
        Gate fork_now;
        Mail<pid_t> name;
        Child child{[&] {
            if (!become(alice))
                return 1;
            fork_now.wait();
            const pid_t grandchild = fork();
            if (grandchild == 0)
                _exit(program.exec(strings.serve()));
            name.send(grandchild);
            return reap(grandchild).exited_with(0) ? 0 : 1;
        }};
        REQUIRE(register_pid(child.pid()) == 0);
        REQUIRE(
            eventually([&] { return as(alice, [&] { return follow_pid(child.pid()); }) == 0; }));
        fork_now.open();
        pid_t grandchild = -1;
        REQUIRE(name.receive(grandchild));
        REQUIRE(strings.wait_ready());
        REQUIRE(history.wait_final(grandchild));
        CHECK((history.final_of(grandchild)->flags & MP3_RECORD_EXITED) == 0);
        CHECK_FALSE(is_registered(grandchild));
        REQUIRE(strings.let_go());
        CHECK(child.reap().exited_with(0));
    }
}
