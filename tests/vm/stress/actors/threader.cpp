// SPDX-License-Identifier: GPL-2.0-or-later
// Threads that come and go, leaders that go first, exec by a thread that is no
// leader, and SIGKILL in the middle of each.
#include "actor.hpp"
#include "board.hpp"
#include "interface.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "support/load.hpp"

#include <csignal>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace stress
{

namespace
{

const char* name(guest::Ending ending)
{
    switch (ending) {
    case guest::Ending::leader_first:
        return "threads, the leader ends first";
    case guest::Ending::exec_by_non_leader:
        return "threads, one that is no leader execs";
    case guest::Ending::all_together:
        break;
    }
    return "threads that end together";
}

// Threads that start threads, as fast as they can.
int churn(int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        std::thread outer{[] {
            std::thread inner{[] { guest::touch_pages(2); }};
            inner.join();
        }};
        outer.join();
    }
    return 0;
}

class Threader : public Actor
{
public:
    void step(Random& random) override
    {
        if (random.one_in(8))
            follow_self();
        const bool churns = random.one_in(5);
        const int rounds = static_cast<int>(random.between(1, 20));
        const guest::Life life = some_life(random);
        const pid_t pid = start([=] { return churns ? churn(rounds) : guest::live(life); });
        if (pid < 0)
            return;
        offer_target(random, pid);
        offer_target(random, pid + static_cast<pid_t>(random.between(1, 4))); // perhaps a thread
        if (random.one_in(3))
            kill_soon(random, pid);
        else if (const int status = finish(pid); status != 0)
            fail("%s: status %#x", churns ? "threads that start threads" : name(life.ending),
                 static_cast<unsigned>(status));
        count(churns ? "threads that start threads" : name(life.ending));
    }

private:
    static guest::Life some_life(Random& random)
    {
        constexpr guest::Ending endings[] = {guest::Ending::all_together,
                                             guest::Ending::leader_first,
                                             guest::Ending::exec_by_non_leader};
        guest::Life life;
        life.length = std::chrono::milliseconds{random.between(0, 10)};
        life.threads = static_cast<int>(random.between(2, 6));
        life.ending = random.pick(endings);
        life.pages = random.between(2, 20);
        return life;
    }

    static void kill_soon(Random& random, pid_t pid)
    {
        nap_us(random.between(0, 30'000));
        end(pid);
        count("threads killed in the middle");
    }
};

} // namespace

std::unique_ptr<Actor> make_threader(Person)
{
    return std::make_unique<Threader>();
}

} // namespace stress
