// SPDX-License-Identifier: GPL-2.0-or-later
// Children of every birth and length under follow; zombies that are left for a
// while; PIDs that come back.
#include "actor.hpp"
#include "board.hpp"
#include "interface.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "setting.hpp"
#include "support/load.hpp"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <deque>

#include <linux/sched.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace stress
{

namespace
{

constexpr std::size_t most_children = 12;
constexpr long most_pages = 40;
constexpr long longest_us = 60'000;

class Forker : public Actor
{
public:
    ~Forker() override
    {
        while (!children_.empty())
            end_oldest();
    }

    void step(Random& random) override
    {
        if (random.one_in(8))
            follow_self();
        keep(random, birth(random));
        if (random.one_in(6))
            while (!children_.empty() && finish_if_over(children_.front()))
                children_.pop_front();
    }

private:
    static pid_t birth(Random& random)
    {
        const long pages = random.between(0, most_pages);
        const long us = random.between(0, longest_us);
        switch (random.below(9)) {
        case 0:
        case 1:
            return start([] { return 0; });
        case 2:
            return start([=] { return guest::touch_pages(pages) ? 0 : 1; });
        case 3:
            return start([=] {
                nap_us(us);
                return 0;
            });
        case 4:
            return orphaning(us);
        case 5:
            return vfork_and_exec();
        case 6:
            return with_shared_memory();
        case 7:
            return with_pid(static_cast<pid_t>(random.between(300, pid_limit - 1)));
        default:
            return generations(static_cast<int>(random.between(2, 5)), pages);
        }
    }

    // The grandchild outlives its parent.
    static pid_t orphaning(long us)
    {
        return start([=] {
            if (fork() == 0) {
                nap_us(us);
                guest::touch_pages(4);
                _exit(0);
            }
            return 0;
        });
    }

    static pid_t generations(int depth, long pages)
    {
        return start([=] {
            guest::touch_pages(pages);
            const pid_t pid = depth > 0 ? generations(depth - 1, pages) : -1;
            return pid > 0 ? finish(pid) : 0;
        });
    }

    static pid_t vfork_and_exec()
    {
        const pid_t pid = vfork();
        if (pid == 0)
            _exit(exec_self("touch", "8"));
        return started("vfork and exec", pid);
    }

    static int run_in_shared_memory(void*)
    {
        return 0; // any call of a library would be one of the parent's
    }

    // A process of its own that shares all memory: it must be over before its
    // stack is used again.
    static pid_t with_shared_memory()
    {
        alignas(16) static unsigned char stack[64 * 1024];
        const pid_t pid =
            started("clone(CLONE_VM)",
                    clone(run_in_shared_memory, stack + sizeof stack, CLONE_VM | SIGCHLD, nullptr));
        if (pid > 0)
            finish(pid);
        return -1;
    }

    // Takes a PID that was somebody else's a moment ago, if it is free.
    static pid_t with_pid(pid_t wish)
    {
        clone_args arguments{};
        arguments.exit_signal = SIGCHLD;
        arguments.set_tid = reinterpret_cast<std::uintptr_t>(&wish);
        arguments.set_tid_size = 1;
        const long pid = syscall(SYS_clone3, &arguments, sizeof arguments);
        if (pid == 0)
            _exit(0);
        const int error = error_of(pid);
        if (error == EPERM) // a user
            return start([] { return 0; });
        expect("clone3(set_tid)", error, {EEXIST, EAGAIN});
        return static_cast<pid_t>(pid);
    }

    void keep(Random& random, pid_t pid)
    {
        if (pid <= 0)
            return;
        offer_target(random, pid);
        children_.push_back(pid);
        if (children_.size() > most_children)
            end_oldest();
    }

    void end_oldest()
    {
        finish(children_.front());
        children_.pop_front();
    }

    std::deque<pid_t> children_; // running, or zombies
};

} // namespace

std::unique_ptr<Actor> make_forker(Person)
{
    return std::make_unique<Forker>();
}

} // namespace stress
