// SPDX-License-Identifier: GPL-2.0-or-later
#include "burner.hpp"

#include "figure.hpp"
#include "support/fd.hpp"
#include "support/status.hpp"

#include <linux/perf_event.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bench
{

[[noreturn]] static void burn()
{
    for (;;)
        asm volatile(".fill 480, 1, 0x90"); // a block of the emulator has at most 512
}

Burner::Burner(int cpu)
    : child_{[=]() -> int {
          pin(0, cpu);
          burn();
      }}
{
}

void pin(pid_t pid, int cpu)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    demand(sched_setaffinity(pid, sizeof set, &set) == 0, "a thread cannot be bound to its CPU");
}

// perf's CPU clock is a timer that needs nobody to run to be set again.
static guest::Fd frequent_timer()
{
    perf_event_attr attr{};
    attr.size = sizeof attr;
    attr.type = PERF_TYPE_SOFTWARE;
    attr.config = PERF_COUNT_SW_CPU_CLOCK;
    attr.sample_period = 100'000;
    guest::Fd timer{static_cast<int>(syscall(SYS_perf_event_open, &attr, -1, 0, -1, 0))};
    demand(static_cast<bool>(timer), "there is no CPU clock");
    return timer;
}

void start_second_cpu()
{
    const guest::Fd timer = frequent_timer();
    demand(guest::write_text("/sys/devices/system/cpu/cpu1/online", "1") == 0 &&
               sysconf(_SC_NPROCESSORS_ONLN) == 2,
           "there is no second CPU");
}

} // namespace bench
