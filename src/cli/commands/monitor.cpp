// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/monitor_loop.hpp"
#include "commands/open_source.hpp"
#include "commands/options.hpp"
#include "rates/jiffies.hpp"
#include "sys/clock.hpp"
#include "sys/signals.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

#include <unistd.h>

namespace mp3prof
{

namespace
{

struct MonitorOptions {
    MonitorPlan plan;
    Format format = Format::table;
    std::string output;
    bool interval_named = false;
    bool total = false;
    bool dump = false;
};

Result<int> run_monitor(const MonitorOptions& options, Signals& signals)
{
    // The signals first: a file that was begun is completed.
    signals.catch_these({SIGINT, SIGTERM}, Repeat::once);
    TRY_ASSIGN(const auto source, open_kernel_source());
    TRY_ASSIGN(Output output, Output::open(options.output, STDOUT_FILENO));
    const auto formatter = make_formatter(options.format, {.total_only = options.total,
                                                           .human = output.is_terminal(),
                                                           .lines = output.terminal_lines(),
                                                           .hz = kernel_hz(kernel_config_path()),
                                                           .knows = source->info().knows});
    MonitorPlan plan = options.plan;
    std::ranges::sort(plan.pids);
    if (!options.interval_named) {
        plan.interval = usual_interval(source->info());
    }
    if (options.dump) {
        TRY(monitor_dump(*source, plan, *formatter, output, realtime_offset(), std::cerr));
        return 0;
    }
    IntervalSeries series(plan.interval, *formatter, output, realtime_offset);
    const StopRequest stop{.wake_fd = signals.fd(), .wanted = [&signals] {
                               signals.clear();
                               const bool interrupted = signals.take(SIGINT) != Sender::none;
                               return signals.take(SIGTERM) != Sender::none || interrupted;
                           }};
    TRY(monitor_stream(*source, plan, series, stop, std::cerr));
    return 0;
}

} // namespace

void setup_monitor(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<MonitorOptions>();
    CLI::App* command =
        app.add_subcommand("monitor", "Print what registered processes use, interval by interval");
    MonitorPlan& plan = options->plan;
    CLI::Option* interval =
        add_duration(*command, "-i,--interval", plan.interval, "Time between rows (50ms)");
    CLI::Option* duration =
        add_duration(*command, "--duration", plan.duration, "End after this time");
    CLI::Option* count =
        add_count(*command, "-n,--count", plan.count, "End after N intervals", Zero::refused);
    add_pids(*command, plan.pids, "Only these processes; may be repeated");
    command->add_flag("--total", options->total, "Only the sum of all processes");
    add_format(*command, options->format);
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
    command->footer("Example:\n  mp3prof monitor --interval 50ms --csv -o faults.csv");
    command->callback([options, interval, &selected] {
        options->interval_named = interval->count() > 0;
        selected.action = [options](Signals& signals) { return run_monitor(*options, signals); };
    });
}

} // namespace mp3prof
