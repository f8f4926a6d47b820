// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/study_session.hpp"

#include "commands/open_source.hpp"
#include "commands/recording_origin.hpp"
#include "commands/recording_sink.hpp"
#include "commands/run_session.hpp"
#include "commands/study_confinement.hpp"
#include "commands/study_files.hpp"
#include "commands/study_pictures.hpp"
#include "format/units.hpp"
#include "study/study_report.hpp"
#include "sys/clock.hpp"
#include "sys/output.hpp"

#include <algorithm>
#include <csignal>
#include <iostream>
#include <sstream>

#include <sys/wait.h>
#include <unistd.h>

namespace mp3prof
{

namespace
{

// Starts N workloads with the same words, each with a seed and, where there are
// any, a file of its own, and waits for all. $1 is a list of the cgroup's
// processes or empty, $2 mp3prof, $3 N, $4 the files' common name or empty, $5
// where their words go. A signal that asks it to end kills it, once the workloads
// have ended.
constexpr const char* start_all = R"(
[ -z "$1" ] || echo $$ > "$1" || exit 125
program=$2 count=$3 files=$4 words=$5 all= asked=
shift 5
trap 'kill $all 2> /dev/null; asked=INT' INT
trap 'kill $all 2> /dev/null; asked=TERM' TERM
i=0
while [ $i -lt $count ]; do
    i=$((i + 1))
    "$program" work "$@" --seed $i ${files:+--file "$files$i"} > /dev/null 2>> "$words" &
    all="$all $!"
done
status=0
for one in $all; do
    wait $one || status=$?
    [ -z "$asked" ] || wait $one
done
[ -z "$asked" ] || { trap - $asked; kill -$asked $$; }
exit $status
)";

double seconds_of(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double seconds_of(nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

class Study
{
public:
    Study(const StudyOptions& options, StudyPlan plan, StudyFiles& files,
          const Confinement& confinement, const Profiler& profiler, Signals& signals)
        : files_(files), confinement_(confinement), profiler_(profiler), signals_(signals)
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
            const Group& group = result_.plan.groups[i];
            std::cerr << fmt::format("{}/{}: {} x {} of {}, {} accesses each", i + 1,
                                     result_.plan.groups.size(), group.processes,
                                     format_pattern(group.pattern), human_bytes(group.load.size),
                                     group.load.all_accesses())
                      << std::flush;
            const std::string recording = recording_name(i + 1, group);
            TRY_ASSIGN(const RunEnd end, record_group(group, recording));
            const rusage& used = end.summary.charged;
            std::cerr << fmt::format(": {:.1f} s, {} minor and {} major faults\n",
                                     seconds_of(end.summary.wall), used.ru_minflt, used.ru_majflt);
            if (const int signal = asked_to_end(end); signal != 0) {
                return 128 + signal;
            }
            TRY(check(end, group));
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
            TRY_ASSIGN(const RunEnd end, run_group(idle, nullptr));
            if (const int signal = asked_to_end(end); signal != 0) {
                return 128 + signal;
            }
            TRY(check(end, idle));
            (processes == 1 ? one_idle_ : two_idle_) = end.summary.charged;
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

    // The signal that has ended the group, as it has asked us to end, or 0.
    static int asked_to_end(const RunEnd& end)
    {
        const int status = end.summary.wait_status.value_or(0);
        const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
        return signal == SIGINT || signal == SIGTERM ? signal : 0;
    }

    static std::string recording_name(std::size_t number, const Group& group)
    {
        std::string name =
            fmt::format("{:02}-{}x-{}.rec", number, group.processes, format_pattern(group.pattern));
        std::ranges::replace(name, ':', '-');
        return name;
    }

    Result<RunEnd> record_group(const Group& group, const std::string& recording)
    {
        const RingInfo& info = profiler_.source->info();
        RecordingHeader header = recording_header(info, usual_interval(info));
        header.command = command_of(group);
        RecordingSink sink(files_.folder() + "/" + recording, std::move(header));
        TRY_ASSIGN(const RunEnd end, run_group(group, &sink));
        TRY(sink.complete(recording_end(end), end.summary.after));
        return end;
    }

    Result<RunEnd> run_group(const Group& group, SampleSink* sink)
    {
        const RunPlan plan{.command = command_of(group),
                           .interval = usual_interval(profiler_.source->info())};
        TRY_ASSIGN(RunEnd end,
                   run_profiled(plan, *profiler_.source, *profiler_.registry, signals_, sink));
        if (end.exec_error != 0) {
            return fail("cannot run {}: {}", plan.command.front(), errno_words(end.exec_error));
        }
        if (end.failure) {
            return tl::unexpected(*end.failure);
        }
        return end;
    }

    [[nodiscard]] std::vector<std::string> command_of(const Group& group) const
    {
        std::vector<std::string> command = confinement_.prefix();
        for (const std::string& word :
             {std::string("sh"), std::string("-c"), std::string(start_all), std::string("sh"),
              confinement_.procs_file(), files_.own_program(), fmt::format("{}", group.processes),
              files_.common_name(), files_.words_file(), fmt::format("{}K", group.load.size / 1024),
              format_pattern(group.pattern), fmt::format("{}", group.load.accesses),
              std::string("--iterations"), fmt::format("{}", group.load.iterations),
              std::string("--pause"), format_duration(group.pause), std::string("--no-register")}) {
            command.push_back(word);
        }
        return command;
    }

    [[nodiscard]] Status check(const RunEnd& end, const Group& group) const
    {
        if (end.exit_status == 0) {
            return {};
        }
        if (end.exit_status == 128 + SIGKILL) {
            return fail("a workload was killed: {} of {} do not go into {} and the swap (take more "
                        "memory, or fewer: --memory, -L)",
                        group.processes, human_bytes(group.load.size),
                        human_bytes(result_.plan.memory));
        }
        return fail("a workload failed with status {}; what it said is in {}", end.exit_status,
                    files_.words_file());
    }

    [[nodiscard]] GroupResult less_baseline(const Group& group, const RunEnd& end) const
    {
        const auto more = static_cast<double>(group.processes - 1);
        const auto idle = [&](long one, long two) {
            return static_cast<double>(one) + more * static_cast<double>(std::max(two - one, 0L));
        };
        const rusage& used = end.summary.charged;
        GroupResult result;
        result.group = group;
        result.expected = expected_of(group, result_.plan.backing, result_.plan.memory);
        result.minor_faults =
            static_cast<double>(used.ru_minflt) - idle(one_idle_.ru_minflt, two_idle_.ru_minflt);
        result.major_faults = std::max(static_cast<double>(used.ru_majflt) -
                                           idle(one_idle_.ru_majflt, two_idle_.ru_majflt),
                                       0.0);
        result.user_s = seconds_of(used.ru_utime);
        result.system_s = seconds_of(used.ru_stime);
        result.wall_s = seconds_of(end.summary.wall);
        return result;
    }

    StudyFiles& files_;
    const Confinement& confinement_;
    const Profiler& profiler_;
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
        TRY(files.make_data(plan));
    }
    TRY_ASSIGN(const Profiler profiler, open_profiler(SourceChoice::automatic));
    Study study(options, plan, files, confinement, profiler, signals);
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
