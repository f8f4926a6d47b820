// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/usage.hpp"

#include <algorithm>

namespace mp3prof
{

namespace
{

// Two CPU times multiply to more than 64 bits after a few seconds.
__extension__ using Wide = unsigned __int128;

std::uint64_t minus(std::uint64_t later, std::uint64_t earlier)
{
    return later > earlier ? later - earlier : 0;
}

} // namespace

Usage& Usage::operator+=(const Usage& other)
{
    minor_faults += other.minor_faults;
    major_faults += other.major_faults;
    cpu_ns += other.cpu_ns;
    user_ns += other.user_ns;
    voluntary_switches += other.voluntary_switches;
    involuntary_switches += other.involuntary_switches;
    return *this;
}

std::uint64_t split_user(std::uint64_t cpu_ns, std::uint64_t utime_ns, std::uint64_t stime_ns)
{
    const Wide both = Wide{utime_ns} + stime_ns;
    if (both == 0) {
        return cpu_ns;
    }
    return static_cast<std::uint64_t>(Wide{cpu_ns} * utime_ns / both);
}

Usage usage_of(const Sample& sample, const Usage& before)
{
    const std::uint64_t user = split_user(sample.cpu_ns, sample.utime_ns, sample.stime_ns);
    const std::uint64_t least = std::min(before.user_ns, sample.cpu_ns);
    const std::uint64_t used = minus(sample.cpu_ns, before.cpu_ns);
    return Usage{
        .minor_faults = sample.minor_faults,
        .major_faults = sample.major_faults,
        .cpu_ns = sample.cpu_ns,
        .user_ns = std::clamp(user, least, least + used),
        .voluntary_switches = sample.voluntary_switches,
        .involuntary_switches = sample.involuntary_switches,
    };
}

bool goes_back(const Sample& sample, const Usage& before)
{
    return sample.minor_faults < before.minor_faults || sample.major_faults < before.major_faults ||
           sample.cpu_ns < before.cpu_ns;
}

Usage since(const Usage& later, const Usage& earlier)
{
    Usage delta{
        .minor_faults = minus(later.minor_faults, earlier.minor_faults),
        .major_faults = minus(later.major_faults, earlier.major_faults),
        .cpu_ns = minus(later.cpu_ns, earlier.cpu_ns),
        .user_ns = minus(later.user_ns, earlier.user_ns),
        .voluntary_switches =
            static_cast<std::uint32_t>(later.voluntary_switches - earlier.voluntary_switches),
        .involuntary_switches =
            static_cast<std::uint32_t>(later.involuntary_switches - earlier.involuntary_switches),
    };
    delta.user_ns = std::min(delta.user_ns, delta.cpu_ns);
    return delta;
}

Rates rates_of(const Usage& delta, nanoseconds elapsed)
{
    if (elapsed <= nanoseconds::zero()) {
        return {};
    }
    const auto ns = static_cast<double>(elapsed.count());
    const auto per_second = [&](std::uint64_t count) {
        return static_cast<double>(count) * 1e9 / ns;
    };
    const auto percent = [&](std::uint64_t cpu) { return static_cast<double>(cpu) * 100 / ns; };
    return Rates{
        .minor_per_s = per_second(delta.minor_faults),
        .major_per_s = per_second(delta.major_faults),
        .user_percent = percent(delta.user_ns),
        .system_percent = percent(delta.system_ns()),
        .cpu_percent = percent(delta.cpu_ns),
    };
}

} // namespace mp3prof
