// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ring/sample.hpp"

#include <algorithm>
#include <cstdint>

namespace mp3prof
{

// What a process has used: as a total since registration, or in an interval.
struct Usage {
    std::uint64_t minor_faults = 0;
    std::uint64_t major_faults = 0;
    std::uint64_t cpu_ns = 0;
    std::uint64_t user_ns = 0; // never more than cpu_ns
    std::uint64_t voluntary_switches = 0;
    std::uint64_t involuntary_switches = 0;
    bool operator==(const Usage&) const = default;

    [[nodiscard]] std::uint64_t system_ns() const { return cpu_ns - user_ns; }
    Usage& operator+=(const Usage& other);
};

// Per second of wall time, and percent of one CPU.
struct Rates {
    double minor_per_s = 0;
    double major_per_s = 0;
    double user_percent = 0;
    double system_percent = 0;
    double cpu_percent = 0;
};

// What follows is in line: it is done for each record.

inline Usage& Usage::operator+=(const Usage& other)
{
    minor_faults += other.minor_faults;
    major_faults += other.major_faults;
    cpu_ns += other.cpu_ns;
    user_ns += other.user_ns;
    voluntary_switches += other.voluntary_switches;
    involuntary_switches += other.involuntary_switches;
    return *this;
}

[[nodiscard]] inline std::uint64_t minus(std::uint64_t later, std::uint64_t earlier)
{
    return later > earlier ? later - earlier : 0;
}

// cpu * u / (u + s). The kernel's tick has seen neither in a process that never
// ran while it fell: all of it counts as user then.
[[nodiscard]] inline std::uint64_t split_user(std::uint64_t cpu_ns, std::uint64_t utime_ns,
                                              std::uint64_t stime_ns)
{
    std::uint64_t both = 0;
    std::uint64_t product = 0;
    if (!__builtin_add_overflow(utime_ns, stime_ns, &both) &&
        !__builtin_mul_overflow(cpu_ns, utime_ns, &product)) {
        return both == 0 ? cpu_ns : product / both;
    }
    // After a few seconds of both.
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>(Wide{cpu_ns} * utime_ns / (Wide{utime_ns} + stime_ns));
}

// The user time of a sample that follows `cpu_before` and `user_before` in the
// same registration, neither of them larger than the sample's CPU time. The
// ratio of u to s moves; user and system time still never go back.
[[nodiscard]] inline std::uint64_t user_after(const Sample& sample, std::uint64_t cpu_before,
                                              std::uint64_t user_before)
{
    const std::uint64_t user = split_user(sample.cpu_ns, sample.utime_ns, sample.stime_ns);
    return std::clamp(user, user_before, user_before + (sample.cpu_ns - cpu_before));
}

// The totals of a sample that follows `before` in the same registration.
[[nodiscard]] inline Usage usage_of(const Sample& sample, const Usage& before)
{
    return Usage{
        .minor_faults = sample.minor_faults,
        .major_faults = sample.major_faults,
        .cpu_ns = sample.cpu_ns,
        .user_ns = user_after(sample, before.cpu_ns, before.user_ns),
        .voluntary_switches = sample.voluntary_switches,
        .involuntary_switches = sample.involuntary_switches,
    };
}

// True when `sample` cannot follow `before` in one registration.
[[nodiscard]] inline bool goes_back(const Sample& sample, const Sample& before)
{
    return sample.minor_faults < before.minor_faults || sample.major_faults < before.major_faults ||
           sample.cpu_ns < before.cpu_ns;
}

// later - earlier, never below zero; switches are modulo 2^32 as in the ring.
[[nodiscard]] inline Usage since(const Usage& later, const Usage& earlier)
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

// All zero for an interval that took no time.
[[nodiscard]] Rates rates_of(const Usage& delta, nanoseconds elapsed);

} // namespace mp3prof
