// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace mp3prof
{

using std::chrono::nanoseconds;

// What a limit can be set to.
enum class Metric {
    minor_faults,
    major_faults,
    voluntary_switches,
    involuntary_switches,
    cpu,
    user,
    system,
    rss,
    swap,
    threads,
    processes,
    wall,
};

// What of the metric is held against the limit: all of it so far, what an
// interval adds to it in a second, or what it is at a tick.
enum class Measure { total, rate, level };

// What the limit is a number of.
enum class Dimension { count, per_second, percent, bytes, time };

enum class Comparison { above, at_least };

// A limit to what a command may use.
struct Threshold {
    std::string text; // as it was written
    Metric metric{};
    Measure measure{};
    Dimension dimension{};
    Comparison comparison{};
    double limit = 0;   // times in nanoseconds
    nanoseconds hold{}; // how long without a break, 0 for at all

    [[nodiscard]] bool is_of_switches() const
    {
        return metric == Metric::voluntary_switches || metric == Metric::involuntary_switches;
    }
    [[nodiscard]] bool exceeded_by(double value) const
    {
        return comparison == Comparison::above ? value > limit : value >= limit;
    }
};

// METRIC[/s] > NUMBER[UNIT] [for DURATION], blanks where one likes:
// 'majflt/s>100 for 1s', 'minflt>1M', 'rss>=2G', 'cpu>80%', 'wall>1m'. Counts
// have K M G T of 1000, sizes of 1024.
[[nodiscard]] Result<Threshold> parse_threshold(std::string_view text);

} // namespace mp3prof
