// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/study_session.hpp"

#include "commands/group_runner.hpp"
#include "commands/study_pictures.hpp"
#include "format/units.hpp"
#include "study/study_report.hpp"
#include "sys/clock.hpp"
#include "sys/output.hpp"
#include "version.hpp"

#include <algorithm>
#include <csignal>
#include <iostream>
#include <sstream>

#include <unistd.h>

namespace mp3prof
{

namespace
{

double seconds_of(nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

class Study
{
public:
    Study(const StudyOptions& options, StudyPlan plan, const Confinement& confinement,
          const GroupRunner& runner, const StudyFiles& files, const RingInfo& sampler,
          Signals& signals)
        : runner_(runner), files_(files), signals_(signals)
    {
        result_.plan = std::move(plan);
        result_.machine = this_machine();
        result_.sampler = sampler;
        result_.version = version;
        result_.command = options.command;
        result_.cgroup = confinement.words();
        result_.date = iso_time(monotonic_now() + realtime_offset());
    }

    // 0, or 128 + N when signal N has asked to end.
    Result<int> run()
    {
        for (std::size_t i = 0; i < result_.plan.groups.size(); ++i) {
            if (const int signal = signals_.take_any({SIGINT, SIGTERM}); signal != 0) {
                return 128 + signal; // which no group was there to see
            }
            const Group& group = result_.plan.groups[i];
            std::cerr << fmt::format("{}/{}: {} x {} of {}, {} accesses each", i + 1,
                                     result_.plan.groups.size(), group.processes,
                                     format_pattern(group.pattern), human_bytes(group.load.size),
                                     group.load.all_accesses())
                      << std::flush;
            const std::string recording = recording_name(i + 1, group);
            const Result<GroupEnd> recorded = runner_.record(group, recording);
            if (!recorded) {
                std::cerr << '\n'; // why, on a line of its own
                return tl::unexpected(recorded.error());
            }
            const GroupEnd& end = *recorded;
            std::cerr << fmt::format(": {:.1f} s, {} minor and {} major faults\n",
                                     seconds_of(end.wall), end.counted.minor, end.counted.major);
            if (end.signal != 0) {
                return 128 + end.signal;
            }
            result_.groups.push_back(result_of(group, end));
            result_.groups.back().recording = recording;
            TRY(keep_figures());
        }
        return 0;
    }

    [[nodiscard]] const StudyResult& result() const { return result_; }

private:
    // Those of all groups so far: an interrupted study keeps them.
    [[nodiscard]] Status keep_figures() const
    {
        std::ostringstream csv;
        write_study_csv(csv, result_);
        return files_.write("study.csv", csv.str());
    }

    [[nodiscard]] GroupResult result_of(const Group& group, const GroupEnd& end) const
    {
        const Charged& used = end.charged;
        GroupResult result;
        result.group = group;
        result.expected = expected_of(group, result_.plan.backing, result_.plan.memory);
        result.minor_faults = static_cast<double>(end.counted.minor);
        result.major_faults = static_cast<double>(end.counted.major);
        result.user_s = seconds_of(used.user);
        result.system_s = seconds_of(used.system);
        result.wall_s = seconds_of(end.wall);
        result.charged = used.minor_faults + used.major_faults;
        result.seen = end.seen;
        return result;
    }

    [[nodiscard]] static std::string recording_name(std::size_t number, const Group& group)
    {
        std::string name =
            fmt::format("{:02}-{}x-{}.rec", number, group.processes, format_pattern(group.pattern));
        std::ranges::replace(name, ':', '-');
        return name;
    }

    const GroupRunner& runner_;
    const StudyFiles& files_;
    Signals& signals_;
    StudyResult result_;
};

void tell_what_is_kept(const StudyResult& result, const StudyFiles& files)
{
    std::cerr << fmt::format("mp3prof: stopped after {} of {} groups", result.groups.size(),
                             result.plan.groups.size());
    if (!result.groups.empty()) {
        std::cerr << fmt::format("; their figures are in {}/study.csv", files.folder());
    }
    std::cerr << '\n';
}

} // namespace

Result<int> run_study(const StudyOptions& options, Signals& signals)
{
    // As in run: no signal ends us before the workloads have ended.
    signals.catch_these({SIGCHLD}, Repeat::always);
    signals.catch_these(forwarded_signals, Repeat::always);
    TRY_ASSIGN(StudyPlan plan, plan_study(options.wish, this_machine()));
    TRY_ASSIGN(const Confinement confinement, Confinement::make(plan.memory, plan.swap));
    TRY_ASSIGN(StudyFiles files,
               StudyFiles::make(options.folder.empty()
                                    ? "mp3prof-" + experiment_name(plan.experiment)
                                    : options.folder));
    if (plan.backing == Backing::file && plan.experiment == Experiment::thrashing) {
        TRY_ASSIGN(const int signal, files.make_data(plan, signals));
        if (signal != 0) {
            return 128 + signal;
        }
    }
    TRY_ASSIGN(const Profiler profiler, open_profiler(SourceChoice::automatic));
    const RingInfo& sampler = profiler.source->info();
    plan.interval = std::max(plan.interval, sampler.min_interval);
    const GroupRunner runner(files, confinement, profiler, plan.interval, signals);
    TRY(files.begin());
    Study study(options, plan, confinement, runner, files, sampler, signals);
    TRY_ASSIGN(const int status, study.run());
    if (status != 0) {
        tell_what_is_kept(study.result(), files);
        return status;
    }
    StudyReport report = report_of(study.result());
    TRY_ASSIGN(report.pictures, draw_pictures(study.result(), files));
    TRY(files.write("report.md", report_markdown(report)));
    TRY(files.write("report.html", report_html(report)));
    TRY_ASSIGN(Output output, Output::open("", STDOUT_FILENO));
    for (const std::string& finding : report.findings) {
        output.stream() << finding << '\n';
    }
    output.stream() << fmt::format("The report is {}/report.html\n", files.folder());
    TRY(output.flush());
    return 0;
}

} // namespace mp3prof
