// SPDX-License-Identifier: GPL-2.0-or-later
// What all processes of the program share: orders, counts, failures.
#pragma once

#include "random.hpp"

#include <atomic>
#include <cstdint>

#include <sys/types.h>

namespace stress
{

struct Board {
    static constexpr std::size_t max_counts = 1024; // a power of two
    static constexpr std::size_t max_actors = 64;
    static constexpr std::size_t max_targets = 64;

    struct Count {
        std::atomic<std::uint64_t> key; // of the name's address and the errno
        std::atomic<std::uint64_t> times;
    };

    std::atomic<bool> stop;
    // Whoever has the device open lets it go: the module is to be unloaded.
    std::atomic<bool> hands_off;
    // Odd while the module may be gone.
    std::atomic<std::uint32_t> presence;
    std::atomic<std::uint32_t> failures;
    std::atomic<pid_t> actors[max_actors];
    std::atomic<std::uint64_t> steps[max_actors];
    std::atomic<pid_t> targets[max_targets];
    Count counts[max_counts];
};

// In memory that fork() shares.
Board& board();

// Some process or thread, dead or alive, to be registered by anybody.
void offer_target(Random& random, pid_t pid);
pid_t some_target(Random& random);

// Counts that `what`, a string literal, ended with `error`, 0 when it worked.
void count(const char* what, int error = 0);

// Prints "FAIL name: ..." and makes the run fail. `name` is the process's.
[[gnu::format(printf, 1, 2)]] void fail(const char* format, ...);

// One line on stdout, at once.
[[gnu::format(printf, 1, 2)]] void say(const char* format, ...);

// A feature of the machine that the run must do without.
void not_here(const char* what);

// Every kind of operation with how often it ended how; returns their sum.
std::uint64_t print_counts();

} // namespace stress
