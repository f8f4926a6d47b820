// SPDX-License-Identifier: GPL-2.0-or-later
// Work of a known size: pages touched, time burnt, threads, ways to end.
#pragma once

#include <chrono>

#include <sys/resource.h>

namespace guest
{

// Touches `pages` fresh pages of 4 KiB (or what the machine has): at least as
// many minor faults. False when there is no memory.
bool touch_pages(long pages);

// Computes for that much wall time.
void burn(std::chrono::milliseconds time);

enum class Ending {
    all_together,       // threads are joined, then exit
    leader_first,       // the leader thread ends, the others go on faulting
    exec_by_non_leader, // a thread that is not the leader calls exec
};

struct Life {
    std::chrono::milliseconds length{1};
    int threads = 1;
    Ending ending = Ending::all_together;
    long pages = 64; // of every thread
};

// Lives one life; returns the exit status, unless the ending does not return.
int live(const Life& life);

// Faults of the calling process, and its CPU time in ns.
rusage own_usage();
long long cpu_ns(const rusage& usage);

} // namespace guest
