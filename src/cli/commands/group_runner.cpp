// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/group_runner.hpp"

#include "commands/recording_origin.hpp"
#include "format/units.hpp"

#include <algorithm>
#include <csignal>
#include <iterator>

#include <sys/wait.h>

namespace mp3prof
{

namespace
{

// Starts N workloads with the same words, each with a seed and, where there are
// any, a file of its own, and waits for all. $1 is a list of the cgroup's
// processes or empty, $2 mp3prof, $3 N, $4 the files' common name or empty, $5
// where their words go. A single workload takes its place: so it is our child, of
// which /proc shows the end as well. A signal that asks it to end interrupts wait,
// and kills it once the workloads have ended; unless one of them was killed:
// systemd ends a scope of which the kernel has killed a process.
constexpr const char* start_all = R"(
[ -z "$1" ] || echo $$ > "$1" || exit 125
program=$2 count=$3 files=$4 words=$5 all= asked=
shift 5
[ $count -gt 1 ] ||
    exec "$program" work "$@" --seed 1 ${files:+--file "${files}1"} > /dev/null 2>> "$words"
for signal in HUP INT QUIT TERM; do
    trap "kill \$all 2> /dev/null; asked=$signal again=1" $signal
done
i=0
while [ $i -lt $count ] && [ -z "$asked" ]; do
    i=$((i + 1))
    "$program" work "$@" --seed $i ${files:+--file "$files$i"} > /dev/null 2>> "$words" &
    all="$all $!"
done
[ -z "$asked" ] || kill $all 2> /dev/null
status=0
for one in $all; do
    while again=; wait $one 2> /dev/null; ended=$?; [ -n "$again" ]; do :; done
    [ $ended = 0 ] || [ $status = 137 ] || status=$ended
done
[ -z "$asked" ] || [ $status = 137 ] || { trap - $asked; kill -$asked $$; }
exit $status
)";

// What a workload is told, but for its seed and file.
std::vector<std::string> arguments_of(const Group& group)
{
    return {fmt::format("{}M", group.load.size >> 20),
            format_pattern(group.pattern),
            fmt::format("{}", group.load.accesses),
            "--iterations",
            fmt::format("{}", group.load.iterations),
            "--pause",
            format_duration(group.pause),
            "--no-register"};
}

} // namespace

Result<GroupEnd> GroupRunner::record(const Group& group, const std::string& recording) const
{
    const RingInfo& info = profiler_.source->info();
    RecordingHeader header = recording_header(info, interval_);
    header.command = words_of(group);
    RecordingSink sink(files_.folder() + "/" + recording, std::move(header));
    const std::string said_before = files_.words();
    TRY_ASSIGN(const RunEnd end, profile(group, sink));
    TRY(sink.complete(recording_end(end), end.summary.after));
    const std::string words = files_.words();
    if (!words.starts_with(said_before)) {
        return fail("{} was cut while workloads wrote to it (leave a study's folder alone)",
                    files_.words_file());
    }
    return judge(end, group, counted_faults(std::string_view(words).substr(said_before.size())));
}

std::vector<std::string> GroupRunner::command_of(const Group& group) const
{
    std::vector<std::string> command = confinement_.prefix();
    for (const std::string& word :
         {std::string("sh"), std::string("-c"), std::string(start_all), std::string("sh"),
          confinement_.procs_file(), files_.own_program(), fmt::format("{}", group.processes),
          files_.common_name(), files_.words_file()}) {
        command.push_back(word);
    }
    std::ranges::copy(arguments_of(group), std::back_inserter(command));
    return command;
}

// The same for people: "5 x mp3prof work ... --seed N".
std::vector<std::string> GroupRunner::words_of(const Group& group) const
{
    const bool one = group.processes == 1;
    std::vector<std::string> words{one ? "mp3prof" : fmt::format("{} x mp3prof", group.processes),
                                   "work"};
    std::ranges::copy(arguments_of(group), std::back_inserter(words));
    words.insert(words.end(), {"--seed", one ? "1" : "N"});
    if (!files_.common_name().empty()) {
        words.insert(words.end(), {"--file", one ? "data.1" : "data.N"});
    }
    return words;
}

Result<RunEnd> GroupRunner::profile(const Group& group, SampleSink& sink) const
{
    const RunPlan plan{.command = command_of(group), .interval = interval_};
    TRY_ASSIGN(RunEnd end,
               run_profiled(plan, *profiler_.source, *profiler_.registry, signals_, &sink));
    if (end.exec_error != 0) {
        return fail("{}", exec_words(plan, end.exec_error));
    }
    if (end.failure) {
        return tl::unexpected(*end.failure);
    }
    return end;
}

Result<GroupEnd> GroupRunner::judge(const RunEnd& end, const Group& group,
                                    const CountedFaults& counted) const
{
    const GroupEnd good{.signal = end.asked_to_end,
                        .wall = end.summary.wall,
                        .charged = end.summary.charged,
                        .seen = end.summary.total.minor_faults + end.summary.total.major_faults,
                        .counted = counted};
    if (end.exit_status == 128 + SIGKILL) { // the shell or one of its children
        return fail("a workload was killed, as the kernel does it where {} of {} need more than {} "
                    "(give them more: --memory)",
                    group.processes, human_bytes(group.load.size), confinement_.limit_words());
    }
    if (end.exit_status != 0 && good.signal == 0) {
        return fail("a workload failed with status {}; what it said is in {}", end.exit_status,
                    files_.words_file());
    }
    if (counted.workloads != group.processes && good.signal == 0) {
        return fail("{} of {} workloads have told their faults; what they said is in {}",
                    counted.workloads, group.processes, files_.words_file());
    }
    return good;
}

} // namespace mp3prof
