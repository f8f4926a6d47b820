// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ring/process_name.hpp"

#include <bit>
#include <chrono>
#include <compare>
#include <cstdint>
#include <string>

#include <sys/types.h>

namespace mp3prof
{

using std::chrono::nanoseconds;

// What makes a process that process: a reused PID has another start.
struct ProcessKey {
    pid_t pid = 0;
    nanoseconds start{};
    auto operator<=>(const ProcessKey&) const = default; // NOLINT(modernize-use-nullptr): clang 14
};

// Where a record stands in its registration's life; several may hold at once.
struct Stage {
    bool first = false;
    bool final = false;
    bool exited = false;
    bool followed = false;
    bool operator==(const Stage&) const = default;

    // All four at once: it is done for each record.
    Stage& operator|=(const Stage& other)
    {
        return *this = std::bit_cast<Stage>(std::bit_cast<std::uint32_t>(*this) |
                                            std::bit_cast<std::uint32_t>(other));
    }
};

// One record of the ring. Counts and CPU times are since registration.
struct Sample {
    nanoseconds time{};  // CLOCK_MONOTONIC
    nanoseconds start{}; // CLOCK_MONOTONIC
    pid_t pid = 0;
    pid_t ppid = 0;
    uid_t uid = 0;
    Stage stage;
    std::uint64_t minor_faults = 0;
    std::uint64_t major_faults = 0;
    std::uint64_t cpu_ns = 0;   // exact
    std::uint64_t utime_ns = 0; // this and stime_ns: good for their ratio only
    std::uint64_t stime_ns = 0;
    std::uint64_t rss_bytes = 0;
    std::uint64_t swap_bytes = 0;
    std::uint32_t voluntary_switches = 0; // modulo 2^32
    std::uint32_t involuntary_switches = 0;
    std::uint32_t threads = 0;
    ProcessName comm;

    [[nodiscard]] ProcessKey key() const { return {pid, start}; }
};

// What the sampler says of itself; counts are since the module was loaded.
struct Figures {
    std::uint64_t ticks = 0;
    nanoseconds last_tick{}; // CLOCK_MONOTONIC, 0 for none yet
    nanoseconds interval{};  // in force
    nanoseconds wish{};
    std::uint64_t missed_ticks = 0;
    std::uint64_t throttled_ticks = 0;
    std::uint64_t follow_failed = 0;
    nanoseconds sampling{}; // CPU time spent
    std::uint32_t tasks = 0;
};

// What a source can tell. What it cannot is left empty wherever it is shown,
// never zero.
struct Knows {
    bool switches = true;    // context switches, of all threads
    bool throttling = true;  // ticks left out for the sampler's budget
    bool short_lives = true; // every process, however short its life, to its end
    bool details = true;     // more than faults and CPU time: who, where, memory, threads
    bool operator==(const Knows&) const = default;
};

// What does not change while the module is loaded.
struct RingInfo {
    std::uint16_t abi_major = 0;
    std::uint16_t abi_minor = 0;
    std::uint64_t capacity = 0;
    std::uint64_t record_size = 0;
    std::uint64_t data_offset = 0;
    std::uint64_t map_size = 0;
    nanoseconds loaded{}; // CLOCK_MONOTONIC
    std::uint32_t max_tasks = 0;
    std::uint32_t max_cpu_percent = 0;
    nanoseconds min_interval{};
    nanoseconds max_interval{};
    nanoseconds default_interval{};
    std::string version;
    Knows knows{};
};

} // namespace mp3prof
