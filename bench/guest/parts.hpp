// SPDX-License-Identifier: GPL-2.0-or-later
// What can be measured. Each part runs in a process of its own, whose children
// and registrations end with it.
#pragma once

namespace bench
{

struct Options {
    int largest = 16'000; // number of processes
};

void measure_clock(const Options&);        // that a nanosecond is an instruction
void measure_scale(const Options&);        // sampler, and monitor, over processes and activity
void measure_threads(const Options&);      // one more thread in a process
void measure_readers(const Options&);      // one more reader of the ring
void measure_registration(const Options&); // one more process
void measure_fork(const Options&);         // a fork, followed and not
void measure_proc(const Options&);         // reading /proc/PID/stat
void measure_pidstat(const Options&);      // against sysstat's
void measure_perf(const Options&);         // against perf stat
void measure_live(const Options&);         // the monitor's table on a terminal
void measure_slowdown(const Options&);     // of a workload that faults
void measure_memory(const Options&);       // of a registration
void measure_accuracy(const Options&);     // of a millisecond's CPU time; for two CPUs
void measure_lateness(const Options&);     // of ten minutes of ticks

// Nothing is measured: who profiles counts what runs.
void profile_active(const Options&);
void profile_idle(const Options&);
void profile_monitor(const Options&);
void profile_rows(const Options&);

} // namespace bench
