// SPDX-License-Identifier: GPL-2.0-or-later
// Registered processes that change their credentials: root ones become users,
// by halves or wholly; a user's ones become root by a set-user-ID program, and
// are his no longer.
#include "actor.hpp"
#include "board.hpp"
#include "interface.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "setting.hpp"
#include "support/load.hpp"

#include <cerrno>
#include <csignal>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace stress
{

namespace
{

class Changer : public Actor
{
public:
    explicit Changer(Person person) : person_{person} {}

    void step(Random& random) override
    {
        if (random.one_in(4))
            follow_self();
        if (person_ == Person::root)
            become_others(random);
        else if (!setting().setuid_program().path().empty())
            become_root(random);
        else
            nap_us(100'000);
    }

private:
    static void become_others(Random& random)
    {
        const int times = static_cast<int>(random.between(1, 6));
        const pid_t pid = start([&] {
            for (int i = 0; i < times; ++i) {
                change(random);
                guest::touch_pages(2);
                const pid_t child = start([] { return 0; });
                if (child > 0)
                    finish(child);
            }
            return 0;
        });
        if (pid <= 0)
            return;
        command("R of one that changes users", "R " + std::to_string(pid) + " follow",
                {EEXIST, ENOSPC, ESRCH}); // ESRCH: it is over by now
        finish(pid);
    }

    static void change(Random& random)
    {
        constexpr unsigned ids[] = {0, 1000, 1001, ~0U};
        const auto gid = [&] { return static_cast<gid_t>(random.pick(ids)); };
        const auto uid = [&] { return static_cast<uid_t>(random.pick(ids)); };
        expect("setresgid", error_of(setresgid(gid(), gid(), gid())), {EPERM});
        expect("setresuid", error_of(setresuid(uid(), uid(), uid())), {EPERM, EAGAIN});
    }

    // Registered by its user, execs the program, which waits for us.
    static void become_root(Random& random)
    {
        int ready[2];
        int go[2];
        if (pipe(ready) != 0 || pipe(go) != 0)
            return fail("no pipe: %s", errno_name(errno));
        const pid_t pid = start([&] {
            close(go[1]); // or it would never see the end of it
            close(ready[0]);
            return setting().setuid_program().exec(
                {"serve", std::to_string(ready[1]), std::to_string(go[0])});
        });
        close(ready[1]);
        close(go[0]);
        if (pid > 0) {
            command("R of one that execs", "R " + std::to_string(pid),
                    {EEXIST, ENOSPC, EPERM}); // EPERM: it has
            meet(random, pid, ready[0]);
            if (random.one_in(3))
                kill(pid, SIGKILL); // EPERM: it is root's
        }
        close(go[1]); // ends it
        close(ready[0]);
        if (pid > 0)
            finish(pid);
    }

    static void meet(Random& random, pid_t pid, int ready)
    {
        char byte = 0;
        if (read(ready, &byte, 1) != 1)
            return count("a set-user-ID program that did not start");
        offer_target(random, pid);
        if (command("R of a set-user-ID program", "R " + std::to_string(pid), {EPERM}))
            fail("a user registered a set-user-ID program");
        if (random.one_in(2))
            command("U of a set-user-ID program", "U " + std::to_string(pid), {EPERM, ENOENT});
    }

    Person person_;
};

} // namespace

std::unique_ptr<Actor> make_changer(Person person)
{
    return std::make_unique<Changer>(person);
}

} // namespace stress
