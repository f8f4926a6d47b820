// SPDX-License-Identifier: GPL-2.0-or-later
#include "cast.hpp"

#include "actor.hpp"
#include "board.hpp"
#include "process.hpp"
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/status.hpp"
#include "support/users.hpp"

#include <cctype>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/prctl.h>
#include <sys/wait.h>

namespace stress
{

namespace
{

constexpr std::uint64_t ns_per_s = 1'000'000'000;

struct Role {
    const char* name; // of the process: at most 15 letters
    std::unique_ptr<Actor> (*make)(Person);
    Person person;
};

constexpr Role cast[] = {
    {"forker-root", make_forker, Person::root},
    {"forker-alice", make_forker, Person::alice},
    {"threader-root", make_threader, Person::root},
    {"threader-bob", make_threader, Person::bob},
    {"registrar-root", make_registrar, Person::root},
    {"registrar-bare", make_registrar, Person::bare_root},
    {"registrar-alice", make_registrar, Person::alice},
    {"registrar-bob", make_registrar, Person::bob},
    {"watcher-root", make_watcher, Person::root},
    {"watcher-alice", make_watcher, Person::alice},
    {"exerciser-alice", make_exerciser, Person::alice},
    {"auditor", make_auditor, Person::root},
    {"opener-root", make_opener, Person::root},
    {"opener-alice", make_opener, Person::alice},
    {"changer-root", make_changer, Person::root},
    {"changer-alice", make_changer, Person::alice},
    {"freezer", make_freezer, Person::root},
    {"plugger", make_plugger, Person::root},
    {"tuner", make_tuner, Person::root},
    {"reloader", make_reloader, Person::root},
};
constexpr std::size_t actors = sizeof cast / sizeof *cast;
static_assert(actors <= Board::max_actors);

bool be(Person person)
{
    switch (person) {
    case Person::alice:
        return guest::become(guest::alice);
    case Person::bob:
        return guest::become(guest::bob);
    case Person::bare_root:
        return guest::drop_capabilities();
    case Person::root:
        break;
    }
    return true;
}

int act(std::size_t number, std::uint64_t seed)
{
    const Role& role = cast[number];
    prctl(PR_SET_NAME, role.name);
    std::signal(SIGPIPE, SIG_IGN);
    const auto actor = role.make(role.person);
    if (!be(role.person))
        fail("cannot become who it is");
    for (std::uint64_t step = 0; !board().stop; ++step) {
        Random random{seed, number, step};
        while (board().hands_off && !board().stop && actor->let_go())
            nap_us(1000);
        actor->step(random);
        ++board().steps[number];
    }
    return 0;
}

void start_all(std::uint64_t seed)
{
    for (std::size_t i = 0; i < actors; ++i)
        board().actors[i] = guest::spawn([=] { return act(i, seed); });
}

// The actor that was this process; `actors` for an orphan of one.
std::size_t actor_of(pid_t pid)
{
    std::size_t i = 0;
    while (i < actors && board().actors[i] != pid)
        ++i;
    return i;
}

// Reaps whoever is over. Returns how many actors were among them.
std::size_t reap_all()
{
    std::size_t ended = 0;
    int status = 0;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0;) {
        const std::size_t i = actor_of(pid);
        if (i == actors)
            continue;
        board().actors[i] = 0;
        ++ended;
        if (status != 0 || !board().stop)
            fail("%s ended with status %#x", cast[i].name, static_cast<unsigned>(status));
    }
    return ended;
}

void end_slow_ones()
{
    for (std::size_t i = 0; i < actors; ++i)
        if (const pid_t pid = board().actors[i]; pid > 0) {
            const std::string where = "/proc/" + std::to_string(pid) + "/";
            fail("%s does not end; it is in %s:\n%s", cast[i].name,
                 guest::read_text(where + "wchan").c_str(),
                 guest::read_text(where + "stack").c_str());
            kill(pid, SIGKILL);
        }
}

std::vector<pid_t> children()
{
    std::vector<pid_t> found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (std::isdigit(static_cast<unsigned char>(name[0])) == 0)
            continue;
        const auto pid = static_cast<pid_t>(std::stol(name));
        const auto fields = guest::proc_stat(pid); // empty when it is gone by now
        if (fields.size() > 1 && fields[1] == getpid())
            found.push_back(pid);
    }
    return found;
}

// Everybody's orphans have come to us.
void end_orphans()
{
    const bool gone = guest::eventually([] {
        reap_all();
        const auto left = children();
        for (const pid_t pid : left)
            kill(pid, SIGKILL);
        return left.empty();
    });
    if (!gone)
        fail("a process cannot be killed");
}

void stop_all()
{
    board().stop = true;
    std::size_t left = 0;
    for (std::size_t i = 0; i < actors; ++i)
        left += board().actors[i] > 0 ? 1 : 0;
    if (!guest::eventually([&] { return (left -= reap_all()) == 0; }))
        end_slow_ones();
    end_orphans();
}

} // namespace

void play(std::uint64_t seed, std::chrono::seconds length)
{
    start_all(seed);
    const std::uint64_t from = guest::now_ns();
    const auto seconds = static_cast<std::uint64_t>(length.count());
    for (std::uint64_t now = from; now < from + seconds * ns_per_s; now = guest::now_ns()) {
        reap_all();
        nap_us(20'000);
    }
    stop_all();
    for (std::size_t i = 0; i < actors; ++i) {
        say("%-44s  %llu steps", cast[i].name,
            static_cast<unsigned long long>(board().steps[i].load()));
        if (board().steps[i] == 0)
            fail("%s did nothing", cast[i].name);
    }
}

} // namespace stress
