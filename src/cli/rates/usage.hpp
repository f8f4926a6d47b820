// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ring/sample.hpp"

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

// cpu * u / (u + s). The kernel's tick has seen neither in a process that never
// ran while it fell: all of it counts as user then.
[[nodiscard]] std::uint64_t split_user(std::uint64_t cpu_ns, std::uint64_t utime_ns,
                                       std::uint64_t stime_ns);

// The totals of a sample that follows `before` in the same registration. The
// ratio of u to s moves; user and system time still never go back.
[[nodiscard]] Usage usage_of(const Sample& sample, const Usage& before);

// True when `sample` cannot follow `before` in one registration.
[[nodiscard]] bool goes_back(const Sample& sample, const Usage& before);

// later - earlier, never below zero; switches are modulo 2^32 as in the ring.
[[nodiscard]] Usage since(const Usage& later, const Usage& earlier);

// All zero for an interval that took no time.
[[nodiscard]] Rates rates_of(const Usage& delta, nanoseconds elapsed);

} // namespace mp3prof
