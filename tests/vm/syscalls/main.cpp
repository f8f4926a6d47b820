// SPDX-License-Identifier: GPL-2.0-or-later
// mp3-syscall-fuzz - random system calls on /dev/mp3 and /proc/mp3/status.
//
//   mp3-syscall-fuzz [--seed N] [--calls N] [--users]
//
// Runs in a guest, as root, with the module loaded. Half of the calls are made
// by ordinary users, then half by root and ordinary users together; --users: all
// by ordinary users. Several processes make them at once, of two threads each.
// Exit status: 0 when all is as it must be; 1 when it is not, said in a line
// that begins with WRONG.
#include "calls.hpp"
#include "observer.hpp"
#include "supervisor.hpp"
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/status.hpp"
#include "support/users.hpp"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

#include <sys/prctl.h>

using namespace syscalls;

namespace
{

constexpr guest::User victim_user{4242, 4242, false};
constexpr guest::User colleague{61235, 61235, true}; // of the stranger, in the device's group

struct Options {
    std::uint64_t seed = std::random_device{}();
    std::int64_t calls = 10'000;
    bool users_only = false;
};

Options options_of(int argc, char** argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const bool has_value = i + 1 < argc;
        if (std::strcmp(argv[i], "--users") == 0) {
            options.users_only = true;
        } else if (std::strcmp(argv[i], "--seed") == 0 && has_value) {
            options.seed = std::strtoull(argv[++i], nullptr, 10);
        } else if (std::strcmp(argv[i], "--calls") == 0 && has_value) {
            options.calls = std::strtoll(argv[++i], nullptr, 10);
        } else {
            std::fprintf(stderr, "usage: mp3-syscall-fuzz [--seed N] [--calls N] [--users]\n");
            std::exit(2);
        }
    }
    return options;
}

// The phase of ordinary users: one of them is registered by root, and none of
// the others may change that.
std::string users_phase(Ledger& ledger, std::uint64_t seed, std::int64_t calls)
{
    guest::Gate ready;
    guest::Child victim{[&] {
        const bool became = guest::become(victim_user);
        ready.open();
        if (became)
            guest::sleep_for_ever();
        return 1;
    }};
    ready.wait();
    ledger.victim = victim.pid();
    Observer observer{victim.pid(),
                      {victim_user.uid, guest::stranger.uid, colleague.uid, guest::bob.uid}};
    if (guest::register_pid(victim.pid()) != 0)
        return "cannot register the victim";
    Supervisor supervisor{
        ledger, {&guest::stranger, &guest::stranger, &colleague, &guest::bob}, seed};
    std::string wrong = supervisor.run(calls, observer);
    if (wrong.empty() && !guest::is_registered(victim.pid()))
        wrong = "the victim is not registered any more";
    std::printf("users: %" PRIu64 " records looked at, %" PRIu64 " missed\n", observer.records(),
                observer.missed());
    return wrong;
}

std::string root_phase(Ledger& ledger, std::uint64_t seed, std::int64_t calls)
{
    Observer observer{0, {}};
    Supervisor supervisor{ledger, {nullptr, &guest::stranger, nullptr, &guest::bob}, seed};
    std::string wrong = supervisor.run(calls, observer);
    std::printf("root and users: %" PRIu64 " records looked at, %" PRIu64 " missed\n",
                observer.records(), observer.missed());
    return wrong;
}

std::string aftermath()
{
    while (guest::reap(-1).pid > 0) { // what killed workers have left
    }
    if (guest::unregister_all() != 0 || !guest::registered().empty())
        return "the registry is not empty after U *";
    const guest::RingMap map{guest::open_device().get()};
    if (!map.valid() || map.figures().tasks != 0)
        return "the ring's header still counts tasks";
    if (guest::register_pid(getpid()) != 0 || !guest::wait_ticks(3) || guest::unregister_all() != 0)
        return "nothing is sampled any more";
    return {};
}

void print_counts(const Ledger& ledger)
{
    for (std::size_t kind = 0; kind < kind_count(); ++kind)
        std::printf("%-18s %9" PRIu64 " calls %9" PRIu64 " failed\n", kind_name(kind),
                    ledger.calls[kind].load(), ledger.failures[kind].load());
    for (std::size_t signal = 1; signal < most_signals; ++signal)
        if (ledger.killed[signal] > 0)
            std::printf("killed by signal %zu: %" PRIu64 "\n", signal,
                        ledger.killed[signal].load());
    std::printf("%" PRIu64 " workers restarted, %" PRIu64 " mappings checked, %" PRIu64
                " writes to the ring tried\n",
                ledger.restarts.load(), ledger.maps_checked.load(), ledger.write_attempts.load());
}

} // namespace

int main(int argc, char** argv)
{
    if (argc == 2 && std::strcmp(argv[1], "--nothing") == 0)
        return 0; // what the children exec
    const Options options = options_of(argc, argv);
    std::printf("mp3-syscall-fuzz --seed %" PRIu64 " --calls %" PRId64 "%s\n", options.seed,
                options.calls, options.users_only ? " --users" : "");
    std::fflush(stdout);
    if (geteuid() != 0 || !guest::prepare_node()) {
        std::fprintf(stderr, "mp3-syscall-fuzz: needs root and a loaded module (/dev/mp3)\n");
        return 2;
    }
    prctl(PR_SET_CHILD_SUBREAPER, 1); // the children of killed workers are ours
    // Who is killed is counted here; the console need not tell. Not there on all.
    guest::write_text("/proc/sys/debug/exception-trace", "0");
    const std::uint64_t start = guest::now_ns();
    Ledger& ledger = Ledger::make();
    const std::int64_t of_users = options.users_only ? options.calls : options.calls / 2;
    std::string wrong = users_phase(ledger, options.seed, of_users);
    if (wrong.empty() && of_users < options.calls)
        wrong = root_phase(ledger, options.seed + 1, options.calls - of_users);
    if (wrong.empty())
        wrong = aftermath();
    print_counts(ledger);
    std::printf("%" PRIu64 " s\n", (guest::now_ns() - start) / 1'000'000'000);
    if (!wrong.empty())
        std::printf("WRONG: %s\n", wrong.c_str());
    return wrong.empty() ? 0 : 1;
}
