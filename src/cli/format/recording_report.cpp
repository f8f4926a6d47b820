// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/recording_report.hpp"

#include "format/printable.hpp"
#include "format/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace mp3prof
{

namespace
{

std::string summary_title(const RecordingHeader& header, const RecordingTotals& totals)
{
    if (header.command.empty()) {
        return fmt::format("{} process{} on {}", totals.processes.size(),
                           totals.processes.size() == 1 ? "" : "es", header.host);
    }
    return fmt::format("{}", fmt::join(header.command, " ")) +
           (totals.end ? "" : ": its end was not recorded");
}

// A registration that the recorder has ended is of a process that ran on.
std::vector<Sample> running_at_end(const RecordingTotals& totals)
{
    std::vector<Sample> running;
    for (const ProcessTotals& process : totals.processes) {
        const Sample& last = process.last;
        const bool ran = !last.stage.final || last.time >= totals.end->time;
        if (ran && !last.stage.exited) {
            running.push_back(last);
        }
    }
    std::ranges::sort(running, {}, &Sample::key);
    return running;
}

double seconds_of(std::uint64_t ns)
{
    return static_cast<double>(ns) / 1e9;
}

} // namespace

std::string recording_title(const std::string& name, const RecordingHeader& header)
{
    const std::string memory =
        header.memory_bytes == 0 ? ""
                                 : fmt::format(", {} of memory", human_bytes(header.memory_bytes));
    const std::string machine =
        header.cpus == 0 ? ""
                         : fmt::format(" (Linux {}, {} CPU{}{})", printable(header.kernel),
                                       header.cpus, header.cpus == 1 ? "" : "s", memory);
    const std::string date = header.clock_offset == nanoseconds::zero()
                                 ? ""
                                 : ", " + iso_time(header.begin + header.clock_offset);
    return fmt::format("{}: recorded on {}{}{}, every {}, by mp3prof {} ({})\n", name,
                       printable(header.host), machine, date, format_duration(header.interval),
                       printable(header.version), printable(header.source));
}

Knows knows_of(const RecordingHeader& header)
{
    const auto is_known = [&](const char* column) {
        return std::ranges::find(header.unknown, column) == header.unknown.end();
    };
    return {.switches = is_known("nvcsw"),
            .throttling = header.source == "kernel",
            .short_lives = header.source != "proc",
            .details = is_known("pid")};
}

RunSummary recording_summary(const RecordingHeader& header, const RecordingTotals& totals)
{
    RunSummary summary;
    summary.command = summary_title(header, totals);
    summary.wait_status = std::nullopt;
    summary.followed = header.followed;
    summary.knows = knows_of(header);
    summary.wall = totals.wall;
    summary.interval = header.interval;
    summary.total = totals.used;
    summary.peak = totals.peak;
    summary.exited = totals.exited;
    summary.peak_rss_bytes = totals.peak_rss_bytes;
    summary.processes = totals.processes.size();
    summary.before = totals.before;
    summary.after = totals.after;
    summary.follow_failed = totals.last.follow_failed - totals.before.follow_failed;
    summary.missed_records = totals.missed_records;
    if (totals.end && totals.end->of_command) {
        summary.wait_status = totals.end->wait_status;
        summary.charged = totals.end->charged;
        summary.running = running_at_end(totals);
    }
    return summary;
}

std::string process_rows(const RecordingTotals& totals, nanoseconds interval, std::size_t most,
                         bool human)
{
    const std::size_t rows =
        most == 0 ? totals.processes.size() : std::min(most, totals.processes.size());
    const double step_s = static_cast<double>(interval.count()) / 1e9;
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "\n{:>9} {:>11} {:>9} {:>9} {:>9} {:>13} {:>13} {:>9}  {}\n", "#PID",
                   "minflt", "majflt", "usr_s", "system_s", "peak_flt/s", "peak_RSS", "life_s",
                   "Command");
    for (const ProcessTotals& process : std::span(totals.processes).first(rows)) {
        const Sample& last = process.last;
        const std::uint64_t rss = process.peak_rss_bytes;
        fmt::format_to(out, "{:>9} {:>11} {:>9} {:>9.3f} {:>9.3f} {:>13.0f} {:>13} {:>9.3f}  {}\n",
                       last.pid, process.used.minor_faults, process.used.major_faults,
                       seconds_of(process.used.user_ns), seconds_of(process.used.system_ns()),
                       static_cast<double>(faults_of(process.peak)) / step_s,
                       human ? human_bytes(rss) : std::to_string(rss),
                       static_cast<double>((last.time - last.start).count()) / 1e9,
                       printable(last.comm));
    }
    if (rows < totals.processes.size()) {
        fmt::format_to(out, "({} more)\n", totals.processes.size() - rows);
    }
    return fmt::to_string(text);
}

} // namespace mp3prof
