// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "recording/recording.hpp"
#include "sys/error.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace mp3prof
{

// The output of the exercise's monitor: a line for each 50 ms, of four numbers.

struct ClassicSlot {
    std::uint64_t jiffies = 0;
    std::uint64_t minor_faults = 0;
    std::uint64_t major_faults = 0;
    std::uint64_t cpu = 0; // in a unit that differs between solutions
};

struct ClassicOutput {
    std::vector<ClassicSlot> slots; // in the order of their jiffies
    std::uint64_t unused = 0;       // slots of -1 that were passed over
    bool sorted = false;            // they stood in another order: a circle that had wrapped
};

// The error says which line is wrong, as an end for "cannot import FILE: ".
[[nodiscard]] Result<ClassicOutput> parse_classic(std::string_view text);

enum class CpuUnit { jiffies, nanoseconds };

struct ClassicUnits {
    unsigned hz = 250;
    CpuUnit cpu = CpuUnit::jiffies;
    std::uint64_t step = 0; // jiffies between slots, the usual number; 0 for a single slot
};

// HZ by the jiffies of 50 ms, of those that kernels have; the unit of CPU time
// by what fits into them.
[[nodiscard]] ClassicUnits guess_units(const std::vector<ClassicSlot>& slots);

// When the kernel's jiffies had that value. They begin at 2^32 minus five minutes;
// where the file's `first` are below that, at 0.
[[nodiscard]] nanoseconds time_of_jiffies(std::uint64_t jiffies, std::uint64_t first, unsigned hz);

// When the first slot began.
[[nodiscard]] nanoseconds classic_begin(const std::vector<ClassicSlot>& slots, unsigned hz);

// A recording of one process that stands for all, named "total".
[[nodiscard]] std::vector<RecordingEntry> classic_entries(const std::vector<ClassicSlot>& slots,
                                                          const ClassicUnits& units);

} // namespace mp3prof
