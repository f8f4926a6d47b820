// SPDX-License-Identifier: GPL-2.0-or-later
#include "schedule.hpp"

#include "figure.hpp"
#include "support/clock.hpp"
#include "support/status.hpp"

#include <cstdlib>

#include <sched.h>

namespace bench
{

static void become(int policy, int priority)
{
    const sched_param param{priority};
    demand(sched_setscheduler(0, policy, &param) == 0, "the scheduling class cannot be set");
}

void become_real_time(int priority)
{
    become(SCHED_FIFO, priority);
}

void become_ordinary()
{
    become(SCHED_OTHER, 0);
}

void lift_real_time_limit()
{
    demand(guest::write_text("/proc/sys/kernel/sched_rt_runtime_us", "-1") == 0,
           "the limit of real-time threads cannot be lifted");
}

void sleep_ns(std::uint64_t ns)
{
    guest::sleep_until_ns(guest::now_ns() + ns);
}

std::uint64_t cpu_time_ns(pid_t pid)
{
    const std::string text = guest::read_text("/proc/" + std::to_string(pid) + "/schedstat");
    demand(!text.empty(), "this kernel has no /proc/PID/schedstat");
    return std::strtoull(text.c_str(), nullptr, 10);
}

void wait_asleep(pid_t pid)
{
    demand(guest::eventually([=] {
               const auto fields = guest::proc_stat(pid);
               return !fields.empty() && fields[0] == 'S';
           }),
           "a process does not come to rest");
}

} // namespace bench
