// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/study_session.hpp"

#include "commands/group_runner.hpp"
#include "commands/study_pictures.hpp"
#include "format/units.hpp"
#include "study/study_report.hpp"
#include "sys/clock.hpp"
#include "sys/output.hpp"

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
          const GroupRunner& runner, Signals& signals)
        : runner_(runner), signals_(signals)
    {
        result_.plan = std::move(plan);
        result_.machine = this_machine();
        result_.command = options.command;
        result_.cgroup = confinement.words();
        result_.date = iso_time(monotonic_now() + realtime_offset());
    }

    // 0, or 128 + N when signal N has asked to end.
    Result<int> run()
    {
        TRY_ASSIGN(const int status, measure_baseline());
        if (status != 0) {
            return status;
        }
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
            TRY_ASSIGN(const GroupEnd end, runner_.record(group, recording));
            std::cerr << fmt::format(": {:.1f} s, {} minor and {} major faults\n",
                                     seconds_of(end.wall), end.charged.ru_minflt,
                                     end.charged.ru_majflt);
            if (end.signal != 0) {
                return 128 + end.signal;
            }
            result_.groups.push_back(less_baseline(group, end));
            result_.groups.back().recording = recording;
        }
        return 0;
    }

    [[nodiscard]] const StudyResult& result() const { return result_; }

private:
    // What one, and one more, workload takes without a single access.
    Result<int> measure_baseline()
    {
        Group idle = result_.plan.groups.front();
        idle.load.accesses = 0;
        idle.pause = {};
        for (const std::uint64_t processes : {1, 2}) {
            idle.processes = std::min(processes, most_processes());
            TRY_ASSIGN(const GroupEnd end, runner_.run(idle));
            if (end.signal != 0) {
                return 128 + end.signal;
            }
            (processes == 1 ? one_idle_ : two_idle_) = end.charged;
        }
        return 0;
    }

    [[nodiscard]] std::uint64_t most_processes() const
    {
        std::uint64_t most = 0;
        for (const Group& group : result_.plan.groups) {
            most = std::max(most, group.processes);
        }
        return most;
    }

    [[nodiscard]] GroupResult less_baseline(const Group& group, const GroupEnd& end) const
    {
        const auto more = static_cast<double>(group.processes - 1);
        const auto idle = [&](long one, long two) {
            return static_cast<double>(one) + more * static_cast<double>(std::max(two - one, 0L));
        };
        const rusage& used = end.charged;
        GroupResult result;
        result.group = group;
        result.expected = expected_of(group, result_.plan.backing, result_.plan.memory);
        result.minor_faults =
            static_cast<double>(used.ru_minflt) - idle(one_idle_.ru_minflt, two_idle_.ru_minflt);
        result.major_faults = std::max(static_cast<double>(used.ru_majflt) -
                                           idle(one_idle_.ru_majflt, two_idle_.ru_majflt),
                                       0.0);
        result.user_s = seconds_of(duration_of(used.ru_utime));
        result.system_s = seconds_of(duration_of(used.ru_stime));
        result.wall_s = seconds_of(end.wall);
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
    Signals& signals_;
    StudyResult result_;
    rusage one_idle_{};
    rusage two_idle_{};
};

} // namespace

Result<int> run_study(const StudyOptions& options, Signals& signals)
{
    // As in run: no signal ends us before the workloads have ended.
    signals.catch_these({SIGCHLD}, Repeat::always);
    signals.catch_these(forwarded_signals, Repeat::always);
    TRY_ASSIGN(const StudyPlan plan, plan_study(options.wish, this_machine()));
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
    const GroupRunner runner(files, confinement, profiler, signals);
    Study study(options, plan, confinement, runner, signals);
    TRY_ASSIGN(const int status, study.run());
    if (status != 0) {
        return status;
    }
    std::ostringstream csv;
    write_study_csv(csv, study.result());
    TRY(files.write("study.csv", csv.str()));
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
