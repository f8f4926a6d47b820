// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "format/format.hpp"

#include <optional>
#include <ostream>

namespace mp3prof
{

// What looking costs here, in nanoseconds of CPU time; empty where it could not
// be taken.
struct BenchFigures {
    std::uint64_t processes = 0;
    std::optional<double> sampler_active; // a process and tick
    std::optional<double> sampler_idle;
    std::optional<double> stat_kept; // a process: pread() of a kept descriptor
    std::optional<double> stat_opened;
    std::optional<double> ring_record;
};

// One row a figure, with how many go into a second, and, for what tells of one
// process, the ratio to the sampler's cost of an active one. Not classic.
void write_bench(std::ostream& out, Format format, const BenchFigures& figures);

} // namespace mp3prof
