// SPDX-License-Identifier: GPL-2.0-or-later
// Stops and continues registered processes and its fellow actors; freezes and
// thaws a cgroup; kills what is frozen.
#include "actor.hpp"
#include "board.hpp"
#include "interface.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "setting.hpp"
#include "support/load.hpp"
#include "support/status.hpp"

#include <csignal>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace stress
{

namespace
{

class Freezer : public Actor
{
public:
    void step(Random& random) override
    {
        if (random.one_in(4))
            follow_self();
        if (random.one_in(3))
            stop_fellow(random);
        else if (random.one_in(2) && !setting().cgroup().empty())
            freeze_child(random);
        else
            stop_child(random);
    }

private:
    static pid_t busy_child()
    {
        return start([] {
            for (;;) {
                guest::touch_pages(2);
                const pid_t pid = start([] { return 0; });
                if (pid > 0)
                    finish(pid);
            }
            return 0;
        });
    }

    static void stop_fellow(Random& random)
    {
        const pid_t pid = board().actors[random.below(Board::max_actors)];
        if (pid <= 0 || pid == getpid())
            return;
        expect("stop an actor", error_of(kill(pid, SIGSTOP)));
        nap_us(random.between(0, 20'000));
        expect("continue an actor", error_of(kill(pid, SIGCONT)));
    }

    static void stop_child(Random& random)
    {
        const pid_t pid = busy_child();
        if (pid < 0)
            return;
        for (long n = random.between(1, 4); n > 0; --n) {
            nap_us(random.between(0, 5'000));
            expect("stop a child", error_of(kill(pid, SIGSTOP)));
            nap_us(random.between(0, 20'000));
            may_register("R of a stopped process", pid);
            expect("continue a child", error_of(kill(pid, SIGCONT)));
        }
        end(pid);
    }

    static void freeze_child(Random& random)
    {
        const std::string& group = setting().cgroup();
        const pid_t pid = busy_child();
        if (pid < 0)
            return;
        expect("into the cgroup", guest::write_text(group + "/cgroup.procs", std::to_string(pid)));
        for (long n = random.between(1, 3); n > 0; --n) {
            nap_us(random.between(0, 5'000));
            expect("freeze", guest::write_text(group + "/cgroup.freeze", "1"));
            nap_us(random.between(0, 20'000));
            may_register("R of a frozen process", pid);
            const bool killed = random.one_in(8);
            if (killed)
                kill(pid, SIGKILL);
            expect("thaw", guest::write_text(group + "/cgroup.freeze", "0"));
            if (killed)
                break;
        }
        end(pid);
    }
};

} // namespace

std::unique_ptr<Actor> make_freezer(Person)
{
    return std::make_unique<Freezer>();
}

} // namespace stress
