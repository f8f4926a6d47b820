// SPDX-License-Identifier: GPL-2.0-or-later
#include "worker.hpp"

#include "calls.hpp"
#include "ring_checks.hpp"
#include "support/users.hpp"

#include <csignal>
#include <thread>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace syscalls
{

namespace
{

constexpr int calls_of_a_life = 20'000; // then a new process goes on
constexpr std::uint64_t check_every = 500;
constexpr std::uint64_t attempt_every = 5'000;

void set_limits()
{
    const rlimit descriptors{128, 128};
    setrlimit(RLIMIT_NOFILE, &descriptors);
    const rlimit core{0, 0};
    setrlimit(RLIMIT_CORE, &core);
    struct sigaction wake {
    };
    wake.sa_handler = [](int) {}; // no SA_RESTART: it ends a call that waits
    sigaction(SIGUSR1, &wake, nullptr);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGIO, SIG_IGN);
}

void make_calls(Worker& worker, std::size_t number, std::uint64_t seed)
{
    HandState& state = worker.ledger.state[worker.index][number];
    state.tid = gettid();
    Hand hand{worker, seed};
    hand.open_some();
    for (int i = 0; i < calls_of_a_life; ++i) {
        if (worker.ledger.violated || worker.ledger.calls_left.fetch_sub(1) <= 0)
            return;
        make_call(hand, &state);
        if (hand.random().one_in(check_every))
            check_maps(worker);
        if (hand.random().one_in(attempt_every))
            attempt_write(hand);
    }
}

} // namespace

int work(Ledger& ledger, std::size_t index, const guest::User* user, std::uint64_t seed)
{
    if (user != nullptr && !guest::become(*user))
        ledger.violate("cannot become user %u", user->uid);
    prctl(PR_SET_PDEATHSIG, SIGKILL); // after the change of user, which clears it
    set_limits();
    Worker worker{ledger, index, user == nullptr};
    std::thread mate{[&] { make_calls(worker, 1, seed + 1); }};
    make_calls(worker, 0, seed);
    mate.join();
    check_maps(worker);
    return 0;
}

} // namespace syscalls
