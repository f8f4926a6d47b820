// SPDX-License-Identifier: GPL-2.0-or-later
#include "supervisor.hpp"

#include "calls.hpp"
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/status.hpp"
#include "worker.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace syscalls
{

namespace
{

constexpr std::uint64_t ms = 1'000'000;
constexpr std::uint64_t look_every = 20 * ms;
constexpr std::uint64_t wake_after = 60 * ms;       // it waits in a call, which is no wonder
constexpr std::uint64_t stuck_after = 120'000 * ms; // and no signal ends it

} // namespace

Supervisor::Supervisor(Ledger& ledger, std::vector<const guest::User*> users, std::uint64_t seed)
    : ledger_{ledger}, users_{std::move(users)}, random_{seed}
{
}

void Supervisor::start(std::size_t index)
{
    const std::uint64_t seed = random_.word();
    for (HandState& state : ledger_.state[index])
        state.tid = 0;
    for (Progress& progress : progress_[index])
        progress.since_ns = guest::now_ns();
    ledger_.pids[index] = guest::spawn([&] { return work(ledger_, index, users_[index], seed); });
}

void Supervisor::account(std::size_t index, int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0 && !ledger_.violated.exchange(true))
        std::snprintf(ledger_.violation, sizeof ledger_.violation,
                      "worker %zu ended with status %d", index, WEXITSTATUS(status));
    ledger_.pids[index] = 0;
    if (!enough()) {
        ledger_.restarts++;
        start(index);
    }
}

bool Supervisor::reap()
{
    int status = 0;
    pid_t pid = 0;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        ledger_.count_end(pid, status);
        // Others are children that a killed worker has left.
        const auto found = std::find(ledger_.pids.begin(), ledger_.pids.end(), pid);
        if (found != ledger_.pids.end())
            account(static_cast<std::size_t>(found - ledger_.pids.begin()), status);
    }
    return std::any_of(ledger_.pids.begin(), ledger_.pids.end(),
                       [](const auto& worker) { return worker > 0; });
}

std::string Supervisor::wake()
{
    const std::uint64_t now = guest::now_ns();
    for (std::size_t index = 0; index < users_.size(); ++index) {
        for (std::size_t number = 0; number < hands; ++number) {
            const HandState& state = ledger_.state[index][number];
            Progress& progress = progress_[index][number];
            if (state.calls != progress.calls || state.tid == 0 || ledger_.pids[index] == 0) {
                progress = {state.calls, now};
            } else if (now > progress.since_ns + stuck_after) {
                const std::string where = "/proc/" + std::to_string(state.tid) + "/stack";
                return std::string{"a worker is stuck in "} + kind_name(state.kind) + "\n" +
                       guest::read_text(where);
            } else if (now > progress.since_ns + wake_after) {
                // ESRCH: that thread has ended, the other goes on.
                syscall(SYS_tgkill, ledger_.pids[index].load(), state.tid.load(), SIGUSR1);
            }
        }
    }
    return {};
}

void Supervisor::kill_one_now_and_then()
{
    const pid_t pid = ledger_.pids[random_.below(users_.size())];
    if (random_.one_in(100) && pid > 0)
        kill(pid, SIGKILL);
}

void Supervisor::kill_all()
{
    for (const auto& pid : ledger_.pids)
        if (pid > 0)
            kill(pid, SIGKILL);
}

std::string Supervisor::run(std::int64_t calls, Observer& observer)
{
    ledger_.calls_left = calls;
    for (std::size_t index = 0; index < users_.size(); ++index)
        start(index);
    std::string wrong;
    while (reap() && wrong.empty()) {
        wrong = observer.look();
        if (wrong.empty())
            wrong = wake();
        kill_one_now_and_then();
        guest::sleep_until_ns(guest::now_ns() + look_every);
    }
    if (!wrong.empty()) {
        ledger_.violated = true; // nobody starts again
        kill_all();
        while (reap())
            guest::sleep_until_ns(guest::now_ns() + look_every);
        return wrong;
    }
    return ledger_.violated ? std::string{ledger_.violation} : observer.look();
}

} // namespace syscalls
