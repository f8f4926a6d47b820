// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/study_session.hpp"

#include "commands/study_confinement.hpp"
#include "commands/study_files.hpp"
#include "commands/timed_command.hpp"
#include "format/units.hpp"
#include "study/study_chart.hpp"
#include "study/study_report.hpp"
#include "sys/clock.hpp"
#include "sys/output.hpp"

#include <csignal>
#include <iostream>
#include <sstream>

#include <unistd.h>

namespace mp3prof
{

namespace
{

// Starts N workloads with the same words, each with a seed and, where there are
// any, a file of its own, and waits for all. $1 is a list of the cgroup's
// processes or empty, $2 mp3prof, $3 N, $4 the files' common name or empty, $5
// where their words go.
constexpr const char* start_all = R"(
[ -z "$1" ] || echo $$ > "$1" || exit 125
program=$2 count=$3 files=$4 words=$5 all=
shift 5
trap 'kill $all 2> /dev/null' INT TERM
i=0
while [ $i -lt $count ]; do
    i=$((i + 1))
    "$program" work "$@" --seed $i ${files:+--file "$files$i"} > /dev/null 2>> "$words" &
    all="$all $!"
done
status=0
for one in $all; do wait $one || status=$?; done
exit $status
)";

double seconds_of(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

class Study
{
public:
    Study(const StudyOptions& options, StudyPlan plan, StudyFiles& files,
          const Confinement& confinement, Signals& signals)
        : files_(files), confinement_(confinement), signals_(signals)
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
            TRY_ASSIGN(const TimedEnd used, run_group(group));
            std::cerr << fmt::format(": {:.1f} s, {} minor and {} major faults\n", used.wall_s,
                                     used.usage.ru_minflt, used.usage.ru_majflt);
            if (used.signal != 0) {
                return 128 + used.signal;
            }
            TRY(check(used, group));
            result_.groups.push_back(less_baseline(group, used));
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
            TRY_ASSIGN(const TimedEnd used, run_group(idle));
            if (used.signal != 0) {
                return 128 + used.signal;
            }
            TRY(check(used, idle));
            (processes == 1 ? one_idle_ : two_idle_) = used;
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

    Result<TimedEnd> run_group(const Group& group)
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
        return run_timed(command, signals_);
    }

    Status check(const TimedEnd& used, const Group& group) const
    {
        if (used.status == 0) {
            return {};
        }
        if (used.status == 128 + SIGKILL) {
            return fail("a workload was killed: {} of {} do not go into {} and the swap (take more "
                        "memory, or fewer: --memory, -L)",
                        group.processes, human_bytes(group.load.size),
                        human_bytes(result_.plan.memory));
        }
        return fail("a workload failed with status {}; what it said is in {}", used.status,
                    files_.words_file());
    }

    [[nodiscard]] GroupResult less_baseline(const Group& group, const TimedEnd& used) const
    {
        const auto more = static_cast<double>(group.processes - 1);
        const auto idle = [&](long one, long two) {
            return static_cast<double>(one) + more * static_cast<double>(std::max(two - one, 0L));
        };
        const rusage& one = one_idle_.usage;
        const rusage& two = two_idle_.usage;
        GroupResult result;
        result.group = group;
        result.expected = expected_of(group, result_.plan.backing, result_.plan.memory);
        result.minor_faults =
            static_cast<double>(used.usage.ru_minflt) - idle(one.ru_minflt, two.ru_minflt);
        result.major_faults = std::max(
            static_cast<double>(used.usage.ru_majflt) - idle(one.ru_majflt, two.ru_majflt), 0.0);
        result.user_s = seconds_of(used.usage.ru_utime);
        result.system_s = seconds_of(used.usage.ru_stime);
        result.wall_s = used.wall_s;
        return result;
    }

    StudyFiles& files_;
    const Confinement& confinement_;
    Signals& signals_;
    StudyResult result_;
    TimedEnd one_idle_;
    TimedEnd two_idle_;
};

// The pictures that gnuplot could draw, and the scripts of all.
Result<StudyReport> draw_pictures(const StudyResult& result, const StudyFiles& files,
                                  Signals& signals)
{
    StudyReport report = report_of(result);
    bool drawable = true;
    for (const Chart& chart : charts_of(result)) {
        TRY(files.write(chart.file + ".gp", chart_script(chart)));
        std::string svg;
        if (drawable) {
            const auto drawn = run_timed({"sh", "-c", "cd \"$1\" && exec gnuplot \"$2\"", "sh",
                                          files.folder(), chart.file + ".gp"},
                                         signals);
            drawable = drawn && drawn->status == 0;
            svg = drawable ? files.read(chart.file + ".svg") : "";
        }
        report.pictures.push_back({chart.title, chart.file + ".svg", std::move(svg)});
    }
    if (!drawable) {
        std::cerr << fmt::format("mp3prof: no pictures, as gnuplot is not there (sudo apt-get "
                                 "install gnuplot-nox); it can draw {}/*.gp later\n",
                                 files.folder());
    }
    return report;
}

} // namespace

Result<int> run_study(const StudyOptions& options, Signals& signals)
{
    signals.catch_these({SIGINT, SIGTERM}, Repeat::always);
    signals.catch_these({SIGCHLD}, Repeat::always);
    TRY_ASSIGN(const StudyPlan plan, plan_study(options.wish, this_machine()));
    TRY_ASSIGN(const Confinement confinement, Confinement::make(plan.memory, plan.swap));
    TRY_ASSIGN(StudyFiles files,
               StudyFiles::make(options.folder.empty()
                                    ? "mp3prof-" + experiment_name(plan.experiment)
                                    : options.folder));
    if (plan.backing == Backing::file && plan.experiment == Experiment::thrashing) {
        TRY(files.make_data(plan));
    }
    Study study(options, plan, files, confinement, signals);
    TRY_ASSIGN(const int status, study.run());
    if (status != 0) {
        return status;
    }
    std::ostringstream csv;
    write_study_csv(csv, study.result());
    TRY(files.write("study.csv", csv.str()));
    TRY_ASSIGN(const StudyReport report, draw_pictures(study.result(), files, signals));
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
