// SPDX-License-Identifier: GPL-2.0-or-later
#include "study/study_result.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mp3prof
{

double StudyResult::alone_percent() const
{
    const auto alone =
        std::ranges::find(groups, 1U, [](const GroupResult& one) { return one.group.processes; });
    return alone == groups.end() ? 0 : alone->cpu_percent();
}

void write_study_csv(std::ostream& out, const StudyResult& result)
{
    out << "experiment,pattern,processes,size_bytes,accesses,minflt,majflt,expected_minflt,"
           "expected_majflt,user_s,system_s,wall_s,cpu_percent,expected_cpu_percent,recording,"
           "expected_minflt_stddev\n";
    // One alone may be still to come.
    const bool levels =
        result.plan.experiment != Experiment::locality && result.alone_percent() > 0;
    for (const GroupResult& one : result.groups) {
        const std::string expected_cpu =
            levels ? fmt::format("{:.1f}",
                                 expected_utilisation(one.group.processes, result.alone_percent(),
                                                      result.machine.cpus))
                   : "";
        out << fmt::format("{},{},{},{},{},{:.0f},{:.0f},{:.0f},{:.0f},{:.3f},{:.3f},{:.3f},{:.1f},"
                           "{},{},{:.1f}\n",
                           experiment_name(result.plan.experiment),
                           format_pattern(one.group.pattern), one.group.processes,
                           one.group.load.size, one.group.load.all_accesses(), one.minor_faults,
                           one.major_faults, one.expected.minor_faults, one.expected.major_faults,
                           one.user_s, one.system_s, one.wall_s, one.cpu_percent(), expected_cpu,
                           one.recording, one.expected.minor_deviation);
    }
}

} // namespace mp3prof
