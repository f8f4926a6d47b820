// SPDX-License-Identifier: GPL-2.0-or-later
#include "burner.hpp"

#include "figure.hpp"

#include <sched.h>

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

} // namespace bench
