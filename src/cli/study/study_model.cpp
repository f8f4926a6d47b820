// SPDX-License-Identifier: GPL-2.0-or-later
#include "study/study_model.hpp"

#include <algorithm>
#include <cmath>

namespace mp3prof
{

namespace
{

// In steps of the touched fraction's growth; M and P are in pages of one of the
// processes, which are alike and share alike.
double misses(double pages, double memory, double accesses)
{
    constexpr int steps = 10'000;
    const double step = accesses / steps;
    double sum = 0;
    for (int i = 0; i < steps; ++i) {
        const double touched = -pages * std::expm1(-(i + 0.5) * step / pages);
        sum += std::max(touched - memory, 0.0) / pages * step;
    }
    return sum;
}

} // namespace

Expected expected_of(const Group& group, Backing backing, std::uint64_t memory)
{
    const auto processes = static_cast<double>(group.processes);
    const double first = expected_faults(group.pattern, group.load) * processes;
    const double pages =
        std::ceil(static_cast<double>(group.load.size) / static_cast<double>(group.load.page));
    const double share =
        static_cast<double>(memory) / static_cast<double>(group.load.page) / processes;
    const double again =
        group.pattern.walk == Walk::random
            ? misses(pages, share, static_cast<double>(group.load.all_accesses())) * processes
            : 0;
    if (backing == Backing::file) {
        return {0, first + again, 0};
    }
    return {first, again, fault_deviation(group.pattern, group.load) * std::sqrt(processes)};
}

double expected_utilisation(std::uint64_t processes, double alone, unsigned cpus)
{
    return std::min(static_cast<double>(processes) * alone, 100.0 * cpus);
}

} // namespace mp3prof
