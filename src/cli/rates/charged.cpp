// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/charged.hpp"

#include "sys/clock.hpp"

#include <algorithm>

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

Usage larger_of(const Usage& seen, const Usage& charged)
{
    Usage larger = charged.cpu_ns > seen.cpu_ns ? charged : seen;
    larger.minor_faults = std::max(seen.minor_faults, charged.minor_faults);
    larger.major_faults = std::max(seen.major_faults, charged.major_faults);
    return larger;
}

} // namespace mp3prof
