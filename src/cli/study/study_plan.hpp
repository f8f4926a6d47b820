// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "workload/expected_faults.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mp3prof
{

using std::chrono::nanoseconds;

// locality          one workload in each pattern, over the number of accesses
// multiprogramming  N workloads that fit into memory together, over N
// thrashing         N workloads, of which the most do not fit together, over N
enum class Experiment { locality, multiprogramming, thrashing };
[[nodiscard]] std::string experiment_name(Experiment experiment);

// What the workloads touch when they thrash: memory that must be swapped, or
// mapped files, which are read again and need no swap.
enum class Backing { swap, file };

struct Machine {
    std::string host;
    std::string kernel;
    unsigned cpus = 1;
    std::uint64_t memory = 0; // bytes; this and the others
    std::uint64_t available = 0;
    std::uint64_t swap_free = 0;
    std::uint64_t page = 4096;
};
[[nodiscard]] Machine this_machine();

// As /proc/meminfo has it.
void read_meminfo(std::string_view text, Machine& machine);

struct StudyWish {
    Experiment experiment = Experiment::locality;
    std::vector<std::uint64_t> levels = {1, 5, 11}; // how many at a time; 1 always is
    std::optional<std::uint64_t> memory;            // the limit of all together
    Backing backing = Backing::swap;
};

// Some equal workloads at the same time.
struct Group {
    std::uint64_t processes = 1;
    Pattern pattern;
    Load load; // of each
    nanoseconds pause{};
};

struct StudyPlan {
    Experiment experiment = Experiment::locality;
    Backing backing = Backing::swap;
    std::uint64_t memory = 0;                             // the limit
    std::uint64_t swap = 0;                               // that may be used beside it
    nanoseconds interval = std::chrono::milliseconds(50); // between samples
    std::vector<Group> groups;

    // The bytes of files that it needs.
    [[nodiscard]] std::uint64_t file_bytes() const;
};

// Chooses sizes for the machine. An error says what it lacks, and what mends it.
[[nodiscard]] Result<StudyPlan> plan_study(const StudyWish& wish, const Machine& machine);

} // namespace mp3prof
