// SPDX-License-Identifier: GPL-2.0-or-later
// The sampler's own kernel thread, as /proc shows it to everybody.
#pragma once

#include <cstdint>
#include <optional>

#include <sys/types.h>

namespace guest
{

class SamplerThread
{
public:
    SamplerThread(); // looks for it: once, while there are few processes

    bool found() const { return pid_ > 0; }
    pid_t pid() const { return pid_; }

    // CPU time in ns by /proc/PID/schedstat; nothing where there is none.
    std::optional<std::uint64_t> by_schedstat() const;

    // User and system time of /proc/PID/stat, in ns, by whole clock ticks.
    std::uint64_t by_stat() const;

private:
    pid_t pid_ = 0;
};

// One of those ticks, in ns.
std::uint64_t clock_tick_ns();

} // namespace guest
