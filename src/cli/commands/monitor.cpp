// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/live_monitor.hpp"
#include "commands/metrics_board.hpp"
#include "commands/monitor_loop.hpp"
#include "commands/monitored.hpp"
#include "commands/options.hpp"
#include "rates/jiffies.hpp"
#include "sys/clock.hpp"
#include "sys/replaced_file.hpp"
#include "sys/signals.hpp"
#include "sys/terminal_kind.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>

#include <unistd.h>

namespace mp3prof
{

namespace
{

struct MonitorOptions {
    MonitorPlan plan;
    SourceChoice source = SourceChoice::automatic;
    Format format = Format::table;
    GroupOptions groups;
    std::string output;
    bool interval_named = false;
    bool total = false;
    bool dump = false;
    bool plain = false;

    [[nodiscard]] Past past() const { return dump ? Past::wanted : Past::left; }
};

// A table for people, with nobody wishing for rows.
bool is_live(const MonitorOptions& options, const Output& output)
{
    const char* no_color = std::getenv("NO_COLOR");
    const bool plain = options.plain || (no_color != nullptr && *no_color != '\0');
    return !plain && !options.dump && options.format == Format::table && options.output.empty() &&
           output.is_terminal() && terminal_can_be_drawn_on();
}

// The figures of a row are to be read before the next ones come.
nanoseconds interval_where_none_is_named(bool live, const RingInfo& info)
{
    return live ? std::max(nanoseconds(std::chrono::milliseconds(500)), usual_interval(info))
                : usual_interval(info);
}

Status publish_metrics(const MonitorOptions& options, const MonitorPlan& plan, Source& source,
                       Signals& signals)
{
    MetricsBoard board(options.groups.rules, options.groups.most, source.info().knows);
    const StopRequest stop = until_signal(signals);
    if (options.output.empty() || !ReplacedFile::can_replace(options.output)) {
        TRY_ASSIGN(Output output, Output::open(options.output, STDOUT_FILENO));
        return monitor_metrics(source, plan, board, output, Publish::each_interval, stop,
                               std::cerr);
    }
    ReplacedFile file(options.output);
    return monitor_metrics(source, plan, board, file, Publish::from_the_start, stop, std::cerr);
}

Status run_rows(Source& source, const MonitorOptions& options, const MonitorPlan& plan,
                Output& output, Signals& signals)
{
    const auto formatter = make_formatter(options.format, {.total_only = options.total,
                                                           .human = output.is_terminal(),
                                                           .lines = output.terminal_lines(),
                                                           .hz = kernel_hz(kernel_config_path()),
                                                           .knows = source.info().knows});
    if (options.dump) {
        return monitor_dump(source, plan, *formatter, output, realtime_offset(), std::cerr);
    }
    IntervalSeries series(plan.interval, *formatter, output, realtime_offset);
    return monitor_stream(source, plan, series, until_signal(signals), std::cerr);
}

// On the terminal or as rows.
Status print_rows(Source& source, const MonitorOptions& options, MonitorPlan& plan,
                  Signals& signals)
{
    TRY_ASSIGN(Output output, Output::open(options.output, STDOUT_FILENO));
    const bool live = is_live(options, output);
    if (!options.interval_named) {
        plan.interval = interval_where_none_is_named(live, source.info());
    }
    if (live) {
        return monitor_live(source, plan, options.total ? Rows::only_sum : Rows::each, output,
                            signals);
    }
    return run_rows(source, options, plan, output, signals);
}

Result<int> run_monitor(const MonitorOptions& options, Signals& signals)
{
    // The signals first: a file that was begun is completed.
    signals.catch_ends();
    MonitorPlan plan = options.plan;
    TRY_ASSIGN(const Profiler profiler,
               open_monitored(options.source, plan, options.past(), "monitor"));
    Source& source = *profiler.source;
    if (options.format != Format::openmetrics) {
        TRY(print_rows(source, options, plan, signals));
        return 0;
    }
    if (!options.interval_named) {
        plan.interval = usual_interval(source.info());
    }
    TRY(publish_metrics(options, plan, source, signals));
    return 0;
}

// Rows, or groups: what is of one says nothing to the other.
void refuse_what_groups_have_not(const CLI::App& command, Format format)
{
    const bool groups = format == Format::openmetrics;
    for (const char* name : {"--total", "--dump"}) {
        if (groups && command.count(name) > 0) {
            throw CLI::ValidationError(name, "openmetrics has groups, not rows");
        }
    }
    for (const char* name : {"--group", "--max-groups"}) {
        if (!groups && command.count(name) > 0) {
            throw CLI::ValidationError(name, "needs --format openmetrics");
        }
    }
}

} // namespace

void setup_monitor(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<MonitorOptions>();
    CLI::App* command =
        app.add_subcommand("monitor", "Print what registered processes use, interval by interval");
    MonitorPlan& plan = options->plan;
    CLI::Option* interval = add_duration(*command, "-i,--interval", plan.interval,
                                         "Time between rows (50ms; 500ms in the live view)");
    CLI::Option* duration =
        add_duration(*command, "--duration", plan.duration, "End after this time");
    CLI::Option* count =
        add_count(*command, "-n,--count", plan.count, "End after N intervals", Zero::refused);
    CLI::Option* pids = add_pids(*command, plan.pids, "Only these processes; may be repeated");
    command->add_flag("-f,--follow", plan.follow, "Also what these processes fork")->needs(pids);
    add_source(*command, options->source);
    command->add_flag("--total", options->total, "Only the sum of all processes");
    add_format(*command, options->format, Classic::taken, OpenMetrics::taken);
    add_groups(*command, options->groups);
    command->add_flag("--plain", options->plain,
                      "Rows on a terminal, too, where a table is a live view otherwise");
    add_output(*command, options->output, "Write to FILE instead of standard output (-)");
    CLI::Option* until_idle =
        command->add_flag("--until-idle", plan.until_idle,
                          "End when nothing is registered any more; at once if nothing is");
    command
        ->add_flag("--dump", options->dump,
                   "Print what the ring still holds, and end; there is no time to choose")
        ->excludes(interval)
        ->excludes(duration)
        ->excludes(count)
        ->excludes(until_idle);
    command->footer("On a terminal, a live view: q quits, s sorts otherwise, p pauses.\n\n"
                    "Example:\n  mp3prof monitor --interval 50ms --csv -o faults.csv");
    command->callback([options, command, interval, &selected] {
        refuse_what_groups_have_not(*command, options->format);
        options->interval_named = interval->count() > 0;
        if (options->source == SourceChoice::proc && needs_module(options->plan, options->past())) {
            throw CLI::ValidationError(
                "--source proc", options->dump ? "holds no past that --dump could print"
                                               : "needs -p PID, as nothing is registered there");
        }
        selected.action = [options](Signals& signals) { return run_monitor(*options, signals); };
    });
}

} // namespace mp3prof
