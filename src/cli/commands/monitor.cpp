// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/live_monitor.hpp"
#include "commands/monitor_loop.hpp"
#include "commands/open_source.hpp"
#include "commands/options.hpp"
#include "rates/jiffies.hpp"
#include "sys/clock.hpp"
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
    std::string output;
    bool interval_named = false;
    bool total = false;
    bool dump = false;
    bool plain = false;
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

// What only the module has: what others have registered, and the past.
bool needs_module(const MonitorOptions& options)
{
    return options.plan.pids.empty() || options.dump;
}

Result<Profiler> open_monitored(const MonitorOptions& options)
{
    if (options.source != SourceChoice::automatic || !needs_module(options)) {
        return open_profiler(options.source, Purpose::read);
    }
    Result<Profiler> profiler = open_profiler(SourceChoice::kernel, Purpose::read);
    if (!profiler && !options.dump) {
        return fail("{}; without the module, name the processes: mp3prof monitor -p PID",
                    profiler.error().message);
    }
    return profiler;
}

// In a registry that is ours alone, there is what we put into it. Those that
// cannot be are named, and left out; at least one must be there.
Status register_all(Registry& registry, MonitorPlan& plan)
{
    const Verb verb = plan.follow ? Verb::follow : Verb::add;
    std::size_t registered = 0;
    for (const pid_t pid : plan.pids) {
        const Request request{verb, pid};
        if (const auto done = registry.apply(request)) {
            ++registered;
        } else if (plan.pids.size() == 1) {
            return fail("{}", registry.explain(request, done.error()));
        } else {
            std::cerr << fmt::format("mp3prof: {}\n", registry.explain(request, done.error()));
        }
    }
    if (registered == 0) {
        return fail("none of these processes can be watched");
    }
    plan.pids.clear();      // all that is there
    plan.until_idle = true; // nobody else registers anything
    return {};
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
    const StopRequest stop{.wake_fd = signals.fd(), .wanted = [&signals] {
                               signals.clear();
                               const bool interrupted = signals.take(SIGINT) != Sender::none;
                               return signals.take(SIGTERM) != Sender::none || interrupted;
                           }};
    return monitor_stream(source, plan, series, stop, std::cerr);
}

Result<int> run_monitor(const MonitorOptions& options, Signals& signals)
{
    // The signals first: a file that was begun is completed.
    signals.catch_these({SIGINT, SIGTERM}, Repeat::once);
    TRY_ASSIGN(const Profiler profiler, open_monitored(options));
    Source& source = *profiler.source;
    TRY_ASSIGN(Output output, Output::open(options.output, STDOUT_FILENO));
    const bool live = is_live(options, output);
    MonitorPlan plan = options.plan;
    std::ranges::sort(plan.pids);
    plan.pids.erase(std::ranges::unique(plan.pids).begin(), plan.pids.end());
    if (profiler.registry) {
        TRY(register_all(*profiler.registry, plan));
    }
    if (!options.interval_named) {
        plan.interval = interval_where_none_is_named(live, source.info());
    }
    if (live) {
        const Rows rows = options.total ? Rows::only_sum : Rows::each;
        TRY(monitor_live(source, plan, rows, output, signals));
    } else {
        TRY(run_rows(source, options, plan, output, signals));
    }
    return 0;
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
    add_format(*command, options->format);
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
    command->callback([options, interval, &selected] {
        options->interval_named = interval->count() > 0;
        if (options->source == SourceChoice::proc && needs_module(*options)) {
            throw CLI::ValidationError(
                "--source proc", options->dump ? "holds no past that --dump could print"
                                               : "needs -p PID, as nothing is registered there");
        }
        selected.action = [options](Signals& signals) { return run_monitor(*options, signals); };
    });
}

} // namespace mp3prof
