// SPDX-License-Identifier: GPL-2.0-or-later
// Programs with powers of their own, run by a process that is registered
// already: nothing of what they do is shown to whom they lend them.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/history.hpp"
#include "support/namespace.hpp"
#include "support/privileged.hpp"
#include "support/skip.hpp"
#include "support/status.hpp"
#include "support/users.hpp"

#include <doctest/doctest.h>

#include <cerrno>

using namespace guest;

namespace
{

// A process of alice that runs a program with powers once it is told to.
class Runner
{
public:
    Runner(const PrivilegedCopy& program, std::vector<std::string> mode)
        : child_{[&program, mode = std::move(mode), this] {
              if (!become(alice))
                  return 1;
              became_.open();
              exec_.wait();
              return program.exec(mode);
          }}
    {
        became_.wait();
    }

    pid_t pid() const { return child_.pid(); }
    void exec() const { exec_.open(); }
    Outcome reap() { return child_.reap(); }

private:
    Gate became_; // before the child, which has copies of them
    Gate exec_;
    Child child_;
};

int registered_by_alice(pid_t pid)
{
    return as(alice, [=] { return register_pid(pid); });
}

// Registered by alice before the exec, lost to her by it, and not hers again.
void check_lost(Power power)
{
    EmptyRegistry empty;
    const PrivilegedCopy program{power};
    if (!program.usable())
        return;
    History history;
    const Strings strings;
    Runner runner{program, strings.serve()};
    REQUIRE(registered_by_alice(runner.pid()) == 0);
    runner.exec();
    REQUIRE(strings.wait_ready());
    REQUIRE(history.wait_final(runner.pid()));
    const mp3_record last = *history.final_of(runner.pid());
    CHECK((last.flags & MP3_RECORD_EXITED) == 0);
    CHECK(last.rss_bytes == 0);
    CHECK_FALSE(is_registered(runner.pid()));
    CHECK(registered_by_alice(runner.pid()) == EPERM);
    CHECK(as(alice, [&] { return follow_pid(runner.pid()); }) == EPERM);

    const std::size_t seen = history.of(runner.pid()).size();
    REQUIRE(strings.let_go());
    CHECK(runner.reap().exited_with(0));
    REQUIRE(register_pid(getpid()) == 0);
    REQUIRE(wait_ticks(3));
    history.update();
    CHECK(history.of(runner.pid()).size() == seen);
}

// The same, but over before the next tick: the last figures are from before.
void check_nothing_shown(Power power)
{
    EmptyRegistry empty;
    const PrivilegedCopy program{power};
    if (!program.usable())
        return;
    History history;
    REQUIRE(set_interval(history.fd(), 1'000'000'000) == 0);
    constexpr int pages = 5000;
    Runner runner{program, {"touch", std::to_string(pages)}};
    REQUIRE(registered_by_alice(runner.pid()) == 0);
    runner.exec();
    CHECK(runner.reap().exited_with(0));
    REQUIRE(history.wait_final(runner.pid()));
    CHECK((history.final_of(runner.pid())->flags & MP3_RECORD_EXITED) == 0);
    CHECK(history.final_of(runner.pid())->min_flt < pages);
}

} // namespace

TEST_SUITE("attack")
{

    TEST_CASE("a set-group-ID program is lost to its registrant")
    {
        check_lost(Power::set_group);
    }

    TEST_CASE("a program with file capabilities is lost to its registrant")
    {
        check_lost(Power::capability);
    }

    TEST_CASE("what a privileged program does and ends within a tick is not shown")
    {
        for (const Power power : {Power::set_user, Power::set_group, Power::capability}) {
            CAPTURE(static_cast<int>(power));
            check_nothing_shown(power);
        }
    }

    TEST_CASE("a program with file capabilities is sampled on for the capable")
    {
        EmptyRegistry empty;
        const PrivilegedCopy program{Power::capability};
        if (!program.usable())
            return;
        History history;
        const Strings strings;
        Runner runner{program, strings.serve()};
        REQUIRE(register_pid(runner.pid()) == 0);
        runner.exec();
        REQUIRE(strings.wait_ready());
        REQUIRE(strings.let_go());
        CHECK(runner.reap().exited_with(0));
        REQUIRE(history.wait_final(runner.pid()));
        CHECK((history.final_of(runner.pid())->flags & MP3_RECORD_EXITED) != 0);
    }

    TEST_CASE("who has a capability himself may register a process that has it")
    {
        EmptyRegistry empty;
        const PrivilegedCopy program{Power::capability};
        if (!program.usable())
            return;
        const Strings strings;
        Runner runner{program, strings.serve()};
        runner.exec();
        REQUIRE(strings.wait_ready());
        const std::string line = "R " + std::to_string(runner.pid()) + "\n";
        CHECK(as(alice, [&] { return program.exec({"command", line}); }) == 0);
        CHECK(is_registered(runner.pid()));
    }

    TEST_CASE("a namespace's root does not take over what has powers outside")
    {
        EmptyRegistry empty;
        const PrivilegedCopy program{Power::capability};
        if (!program.usable())
            return;
        const Strings strings;
        Runner runner{program, strings.serve()};
        runner.exec();
        REQUIRE(strings.wait_ready());
        const int result = as(alice, [&] {
            const int error = become_root_of_user_namespace();
            return error != 0 ? error : register_pid(runner.pid());
        });
        if (result == no_namespaces) {
            skip("no user namespaces for ordinary users");
            return;
        }
        CHECK(result == EPERM);
    }
}
