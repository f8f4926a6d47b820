// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/charged.hpp"

#include "sys/clock.hpp"

namespace mp3prof
{

Usage Charged::usage() const
{
    return {.minor_faults = minor_faults,
            .major_faults = major_faults,
            .cpu_ns = static_cast<std::uint64_t>((user + system).count()),
            .user_ns = static_cast<std::uint64_t>(user.count()),
            .voluntary_switches = voluntary_switches,
            .involuntary_switches = involuntary_switches};
}

Charged charged_of(const rusage& usage)
{
    const auto count = [](long value) { return static_cast<std::uint64_t>(value); };
    return {.user = duration_of(usage.ru_utime),
            .system = duration_of(usage.ru_stime),
            .minor_faults = count(usage.ru_minflt),
            .major_faults = count(usage.ru_majflt),
            .peak_rss_bytes = count(usage.ru_maxrss) * 1024,
            .voluntary_switches = count(usage.ru_nvcsw),
            .involuntary_switches = count(usage.ru_nivcsw)};
}

} // namespace mp3prof
