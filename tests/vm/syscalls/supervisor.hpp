// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps workers running until enough calls are made: restarts who was killed,
// wakes who waits, and gives up on who is stuck.
#pragma once

#include "ledger.hpp"
#include "observer.hpp"
#include "random.hpp"

#include <array>
#include <string>
#include <vector>

namespace guest
{
struct User;
}

namespace syscalls
{

class Supervisor
{
public:
    // A worker for each user; null is root.
    Supervisor(Ledger& ledger, std::vector<const guest::User*> users, std::uint64_t seed);

    // What must not be, or empty when `calls` calls were made and all workers
    // have ended.
    std::string run(std::int64_t calls, Observer& observer);

private:
    struct Progress {
        std::uint64_t calls = 0;
        std::uint64_t since_ns = 0;
    };

    void start(std::size_t index);
    bool reap(); // false when no worker is left
    void account(std::size_t index, int status);
    std::string wake(); // the stuck one, or empty
    void kill_one_now_and_then();
    void kill_all();
    bool enough() const { return ledger_.calls_left <= 0 || ledger_.violated; }

    Ledger& ledger_;
    std::vector<const guest::User*> users_;
    Random random_;
    std::array<std::array<Progress, hands>, most_workers> progress_{};
};

} // namespace syscalls
