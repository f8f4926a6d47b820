// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/open_source.hpp"
#include "commands/recording_sink.hpp"
#include "commands/run_session.hpp"
#include "commands/study_confinement.hpp"
#include "commands/study_files.hpp"
#include "format/work_report.hpp"

#include <string>
#include <vector>

namespace mp3prof
{

// How a group of workloads has ended.
struct GroupEnd {
    int signal = 0; // that has asked it, and us, to end; else it went well
    nanoseconds wall{};
    Charged charged;        // to all of it
    std::uint64_t seen = 0; // faults of all of it, by the samples
    CountedFaults counted;  // by the workloads, while they made their accesses
};

// Runs a study's groups, each confined, to their end. What it is given must
// outlive it; `signals` catches what run_profiled() wants.
class GroupRunner
{
public:
    GroupRunner(const StudyFiles& files, const Confinement& confinement, const Profiler& profiler,
                nanoseconds interval, Signals& signals)
        : files_(files), confinement_(confinement), profiler_(profiler), interval_(interval),
          signals_(signals)
    {
    }

    // With a recording of this name among the files.
    [[nodiscard]] Result<GroupEnd> record(const Group& group, const std::string& recording) const;

private:
    [[nodiscard]] std::vector<std::string> command_of(const Group& group) const;
    [[nodiscard]] std::vector<std::string> words_of(const Group& group) const;
    [[nodiscard]] Result<RunEnd> profile(const Group& group, SampleSink& sink) const;
    [[nodiscard]] Result<GroupEnd> judge(const RunEnd& end, const Group& group,
                                         const CountedFaults& counted) const;

    const StudyFiles& files_;
    const Confinement& confinement_;
    const Profiler& profiler_;
    nanoseconds interval_;
    Signals& signals_;
};

} // namespace mp3prof
