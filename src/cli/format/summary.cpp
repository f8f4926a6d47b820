// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/summary.hpp"

#include "format/printable.hpp"
#include "format/units.hpp"
#include "rates/usage.hpp"
#include "ring/ring_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <iterator>

#include <sys/wait.h>

namespace mp3prof
{

namespace
{

std::string ending_words(int wait_status)
{
    if (WIFSIGNALED(wait_status)) {
        return fmt::format("killed by signal {} ({})", WTERMSIG(wait_status),
                           ::strsignal(WTERMSIG(wait_status)));
    }
    return fmt::format("exit status {}", WEXITSTATUS(wait_status));
}

// Why the records and wait4() may tell different sums.
std::string difference_words(const RunSummary& summary)
{
    if (summary.missed_records > 0) {
        return fmt::format("{} missed in an overrun", counted(summary.missed_records, "record"));
    }
    if (summary.follow_failed > 0) {
        return fmt::format(
            "{} could not be followed ({})",
            summary.follow_failed == 1 ? std::string("a process")
                                       : fmt::format("{} processes", summary.follow_failed),
            summary.knows.short_lives ? "mp3prof status has the limit"
                                      : "hidden in /proc, or too many for ulimit -n");
    }
    if (summary.processes == 0) {
        return "no record of the command was seen (in a container, its PIDs are not the host's)";
    }
    if (!summary.running.empty()) {
        return "what still runs is not charged to the command";
    }
    if (!summary.knows.short_lives) {
        return "children that lived between two ticks, and the last moments of those that were "
               "waited for at once, are not seen in /proc";
    }
    return "descendants that nobody waited for are not charged to the command, and those that "
           "changed their user are not profiled";
}

// A parent that reaps a child on its way off the CPU is charged without the
// child's last time slice, which the scheduler accounts afterwards.
constexpr const char* early_charge = "wait4 was charged before the last time slices were accounted";

// A command shorter than an interval was never seen with memory. What it is
// charged with has its children's.
std::uint64_t peak_rss_of(const RunSummary& summary)
{
    if (!summary.followed && summary.peak_rss_bytes > 0) {
        return summary.peak_rss_bytes;
    }
    return std::max(summary.peak_rss_bytes, summary.charged.peak_rss_bytes);
}

std::string running_words(const std::vector<Sample>& running)
{
    std::string words;
    for (const Sample& process : running) {
        words += fmt::format("{}{} ({})", words.empty() ? "" : ", ", process.pid,
                             printable(process.comm));
    }
    return words;
}

std::string ticks_words(const RunSummary& summary)
{
    const std::string records = counted(summary.missed_records, "record") + " missed";
    if (!summary.after) {
        return "-, " + records;
    }
    const Figures& before = summary.before;
    const Figures& after = *summary.after;
    return fmt::format("{}, {} late, {} throttled, {}", counted(after.ticks - before.ticks, "tick"),
                       after.missed_ticks - before.missed_ticks,
                       summary.knows.throttling
                           ? std::to_string(after.throttled_ticks - before.throttled_ticks)
                           : "-",
                       records);
}

} // namespace

RunFigures figures_of(const RunSummary& summary)
{
    const bool sees_all = summary.knows.short_lives || !summary.followed;
    RunFigures figures =
        run_figures(sees_all ? summary.total : larger_of(summary.total, summary.charged.usage()),
                    summary.peak, summary.wall, summary.interval);
    figures.peak_rss_bytes = static_cast<double>(peak_rss_of(summary));
    figures.processes = static_cast<double>(summary.processes);
    if (!summary.knows.details) {
        figures.user_s = figures.system_s = figures.peak_rss_bytes = not_known;
    }
    return figures;
}

std::string check_words(const RunSummary& summary)
{
    if (!summary.followed) {
        return "none: without following, children and all before the registration are not seen";
    }
    const std::uint64_t minor = summary.charged.minor_faults;
    const std::uint64_t major = summary.charged.major_faults;
    const nanoseconds cpu = summary.charged.user + summary.charged.system;
    const nanoseconds beyond = time_from_uapi(summary.exited.cpu_ns) - cpu;
    const nanoseconds off = std::chrono::abs(beyond);
    const bool same_faults =
        summary.exited.minor_faults == minor && summary.exited.major_faults == major;
    const bool same_cpu = off <= std::chrono::milliseconds(1) * summary.processes;
    std::string words = fmt::format("{} process{}, {} minor + {} major faults", summary.processes,
                                    summary.processes == 1 ? "" : "es", summary.exited.minor_faults,
                                    summary.exited.major_faults);
    if (same_faults && same_cpu) {
        return words + ", equal to wait4";
    }
    if (same_faults) {
        return words +
               fmt::format(", equal to wait4; CPU time differs by {}: {}", seconds_words(off),
                           beyond > nanoseconds{} ? early_charge : difference_words(summary));
    }
    return words + fmt::format("; wait4 has {} + {}: {}", minor, major, difference_words(summary));
}

std::string summary_text(const RunSummary& summary, bool human)
{
    const double wall = std::max(static_cast<double>(summary.wall.count()), 1.0);
    const auto cpu = static_cast<double>(summary.total.cpu_ns);
    fmt::memory_buffer text;
    const auto line = [&](const char* name, const std::string& value) {
        fmt::format_to(std::back_inserter(text), "  {:<15}{}\n", name, value);
    };
    fmt::format_to(std::back_inserter(text), "\nmp3prof: {}{}\n", printable(summary.command),
                   summary.wait_status ? ": " + ending_words(*summary.wait_status) : "");
    line("wall time", seconds_words(summary.wall));
    const std::string split =
        summary.knows.details
            ? fmt::format(" ({} user, {} system)",
                          seconds_words(time_from_uapi(summary.total.user_ns)),
                          seconds_words(time_from_uapi(summary.total.system_ns())))
            : "";
    line("CPU time",
         fmt::format("{}{}, {:.2f} CPUs used", seconds_words(time_from_uapi(summary.total.cpu_ns)),
                     split, cpu / wall));
    line("page faults",
         fmt::format("{} minor, {} major", summary.total.minor_faults, summary.total.major_faults));
    line("peak interval",
         fmt::format("{} minor, {} major in {}", summary.peak.minor_faults,
                     summary.peak.major_faults, format_duration(summary.interval)));
    if (summary.knows.details) {
        const std::uint64_t peak_rss = peak_rss_of(summary);
        line("peak RSS", human ? human_bytes(peak_rss) : counted(peak_rss, "byte"));
    }
    line("processes",
         fmt::format("{}{}", summary.processes,
                     summary.knows.short_lives ? "" : " seen; short-lived ones may be missing"));
    if (summary.knows.details && summary.after) {
        const nanoseconds sampling = summary.after->sampling - summary.before.sampling;
        line("sampler", fmt::format("{} of CPU time, {:.3f} % of one CPU", seconds_words(sampling),
                                    static_cast<double>(sampling.count()) * 100 / wall));
    }
    if (summary.wait_status) {
        line("check", check_words(summary));
    }
    line("ticks", ticks_words(summary));
    if (!summary.running.empty()) {
        line("still running", running_words(summary.running));
    }
    return fmt::to_string(text);
}

} // namespace mp3prof
