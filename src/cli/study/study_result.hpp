// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ring/sample.hpp"
#include "study/study_model.hpp"

#include <algorithm>
#include <ostream>
#include <span>
#include <string>

namespace mp3prof
{

// What a group of workloads has used: its faults are those of the accesses, its
// CPU time is all of it.
struct GroupResult {
    Group group;
    Expected expected;
    double minor_faults = 0;
    double major_faults = 0;
    double user_s = 0;
    double system_s = 0;
    double wall_s = 0;
    std::string recording;     // the file's name
    std::uint64_t charged = 0; // all its faults, starting the programs included, by wait4(),
    std::uint64_t seen = 0;    // and by the samples

    [[nodiscard]] double cpu_percent() const { return 100 * (user_s + system_s) / wall_s; }
    [[nodiscard]] double faults() const { return minor_faults + major_faults; }
    // How far the first touches are from those expected, in standard deviations,
    // of which a page is the least.
    [[nodiscard]] double deviations() const
    {
        return (faults() - expected.minor_faults) / std::max(expected.minor_deviation, 1.0);
    }
};

struct StudyResult {
    StudyPlan plan;
    Machine machine;
    std::string date; // UTC
    std::string command;
    std::string version; // of mp3prof
    std::string cgroup;  // how the limit was set
    RingInfo sampler;
    std::vector<GroupResult> groups;

    // The CPU that one workload alone takes, in percent.
    [[nodiscard]] double alone_percent() const;
};

void write_study_csv(std::ostream& out, const StudyResult& result);

} // namespace mp3prof
