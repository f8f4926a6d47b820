// SPDX-License-Identifier: GPL-2.0-or-later
// Who runs before whom. The sampler is at the lowest real-time priority: what
// is above it can delay its tick, so that all that should happen before has.
#pragma once

#include <cstdint>

#include <sys/types.h>

namespace bench
{

constexpr int director = 50; // wakes the actors, then sleeps
constexpr int actor = 49;    // before the sampler

// The calling thread becomes SCHED_FIFO of that priority.
void become_real_time(int priority);
void become_ordinary();

// While it lives the caller is the director.
class Directing
{
public:
    Directing() { become_real_time(director); }
    ~Directing() { become_ordinary(); }
    Directing(const Directing&) = delete;
    Directing& operator=(const Directing&) = delete;
};

// Real-time threads may take all the time there is.
void lift_real_time_limit();

void sleep_ns(std::uint64_t ns);

// CPU time of a thread, by /proc/PID/schedstat; exact while it sleeps.
std::uint64_t cpu_time_ns(pid_t pid);

// Waits until that process sleeps.
void wait_asleep(pid_t pid);

} // namespace bench
