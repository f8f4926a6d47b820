// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ring/sample.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace mp3prof
{

// What was counted from one time to another. Times are since the begin of all.
struct Step {
    nanoseconds begin{};
    nanoseconds end{};
    std::uint64_t minor_faults = 0;
    std::uint64_t major_faults = 0;
    std::uint64_t cpu_ns = 0;
    std::uint64_t rss_bytes = 0; // this and the next: at its end
    std::uint64_t swap_bytes = 0;
};

// One process, or the sum of some. Between two steps nothing was counted.
struct Trace {
    pid_t pid = 0; // 0: of several, or not known
    std::string name;
    std::vector<Step> steps;         // in order
    std::vector<nanoseconds> starts; // seen, as that of a process that ran before is not
    std::vector<nanoseconds> exits;
    bool lives = true; // at the end of all
};

// Of this time not everything is known.
struct Blank {
    nanoseconds begin{};
    nanoseconds end{};
    std::uint64_t missed = 0; // records
};

// What a file tells, ready to be drawn.
struct Timeline {
    std::string file;
    std::string command; // empty: none was run
    std::string host;    // this and the next three: empty or 0 for not known
    std::string kernel;
    std::uint32_t cpus = 0;
    nanoseconds since_1970{}; // its begin
    nanoseconds interval{};
    nanoseconds length{};
    bool memory_known = true;  // the source has the columns
    std::vector<Trace> traces; // of the processes, by PID
    std::vector<Blank> blanks;
};

// All of them as one. Memory is that of those that live at a time.
[[nodiscard]] Trace sum_of(std::span<const Trace* const> traces);

} // namespace mp3prof
