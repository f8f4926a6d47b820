// SPDX-License-Identifier: GPL-2.0-or-later
// What all processes of a run write down together, in memory that they share.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include <sys/types.h>

namespace syscalls
{

constexpr std::size_t most_kinds = 64;
constexpr std::size_t most_workers = 8;
constexpr std::size_t hands = 2; // threads of a worker
constexpr std::size_t most_signals = 65;

struct HandState {
    std::atomic<pid_t> tid;
    std::atomic<std::uint64_t> calls;
    std::atomic<unsigned> kind; // the call it is in, or was in last
};

struct Ledger {
    std::atomic<std::int64_t> calls_left;
    std::atomic<std::uint64_t> restarts;
    std::atomic<std::uint64_t> write_attempts; // on the ring, each of which must fail
    std::atomic<std::uint64_t> maps_checked;
    std::atomic<pid_t> victim; // whom nobody but root may touch
    std::array<std::atomic<std::uint64_t>, most_kinds> calls;
    std::array<std::atomic<std::uint64_t>, most_kinds> failures;
    std::array<std::atomic<std::uint64_t>, most_signals> killed; // by signal
    std::array<std::atomic<pid_t>, most_workers> pids;
    std::array<std::array<HandState, hands>, most_workers> state;
    std::atomic<bool> violated;
    char violation[256];

    // Zeroed memory that children inherit, shared.
    static Ledger& make();

    // Says what must not be, once, and ends the process.
    [[noreturn]] void violate(const char* format, ...) __attribute__((format(printf, 2, 3)));
    // Takes down how a process ended. One that aborts, say, must not be: its own
    // memory is not as it left it.
    void count_end(pid_t pid, int status);
};

} // namespace syscalls
