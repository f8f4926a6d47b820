// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/open_source.hpp"
#include "commands/recording_sink.hpp"
#include "commands/run_session.hpp"
#include "commands/study_confinement.hpp"
#include "commands/study_files.hpp"

#include <string>
#include <vector>

namespace mp3prof
{

// How a group of workloads has ended.
struct GroupEnd {
    int signal = 0; // that has asked it, and us, to end; else it went well
    nanoseconds wall{};
    rusage charged{}; // by wait4(), to all of it
};

// Runs a study's groups, each confined, to their end. What it is given must
// outlive it; `signals` catches what run_profiled() wants.
class GroupRunner
{
public:
    GroupRunner(const StudyFiles& files, const Confinement& confinement, const Profiler& profiler,
                Signals& signals)
        : files_(files), confinement_(confinement), profiler_(profiler), signals_(signals)
    {
    }

    [[nodiscard]] Result<GroupEnd> run(const Group& group) const;
    // With a recording of this name among the files.
    [[nodiscard]] Result<GroupEnd> record(const Group& group, const std::string& recording) const;

private:
    [[nodiscard]] std::vector<std::string> command_of(const Group& group) const;
    [[nodiscard]] Result<RunEnd> profile(const Group& group, SampleSink* sink) const;
    [[nodiscard]] Result<GroupEnd> judge(const RunEnd& end, const Group& group) const;

    const StudyFiles& files_;
    const Confinement& confinement_;
    const Profiler& profiler_;
    Signals& signals_;
};

} // namespace mp3prof
