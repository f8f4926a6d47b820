// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/interval_series.hpp"
#include "commands/open_source.hpp"
#include "commands/options.hpp"
#include "commands/repeat.hpp"
#include "commands/run_session.hpp"
#include "format/comparison.hpp"
#include "format/run_rows.hpp"
#include "format/units.hpp"
#include "format/violation.hpp"
#include "rates/jiffies.hpp"
#include "sys/clock.hpp"
#include "sys/output.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include <unistd.h>

namespace mp3prof
{

namespace
{

constexpr int threshold_held = 3;

struct RunOptions {
    RunPlan plan;
    Repetition repetition;
    SourceChoice source = SourceChoice::automatic;
    Format format = Format::table;
    std::string output;
    bool no_follow = false;
    bool series = false;
};

void report_exec(const RunPlan& plan, int error)
{
    std::cerr << fmt::format("mp3prof: {}\n", exec_words(plan, error));
}

// A summary in the midst of rows is for people only; and where rows could not be
// written, the summary cannot either.
Status print_summary(const RunOptions& options, const RunSummary& summary, Output& output,
                     const std::optional<Error>& failure)
{
    const std::string for_stderr = summary_text(summary, ::isatty(STDERR_FILENO) != 0);
    if (failure || (options.series && options.format != Format::table)) {
        std::cerr << for_stderr << std::flush;
        return {};
    }
    output.stream() << summary_text(summary, output.is_terminal());
    const Result<bool> written = output.flush();
    if (!written && !options.output.empty()) {
        std::cerr << for_stderr << std::flush; // the command does not run again for it
    }
    TRY(written);
    return {};
}

// A limit to what the source cannot know would never be passed.
Status check_thresholds(const std::vector<Threshold>& thresholds, const Knows& knows)
{
    for (const Threshold& threshold : thresholds) {
        if (threshold.is_of_switches() && !knows.switches) {
            return fail("cannot judge '{}': /proc does not tell the context switches of all "
                        "threads (the module does: --source kernel)",
                        threshold.text);
        }
    }
    return {};
}

// A command that has failed has its own status, whatever it has used.
int judged_status(const RunEnd& end)
{
    for (const Violation& violation : end.violations) {
        std::cerr << fmt::format("mp3prof: {}\n", violation_text(violation)) << std::flush;
    }
    return end.exit_status == 0 && !end.violations.empty() ? threshold_held : end.exit_status;
}

// Each run as it ends, where rows are wanted; for people a word, and the sum.
Result<int> run_again(const RunOptions& options, Source& source, Registry& registry,
                      Signals& signals, Output& output)
{
    const bool rows = options.format != Format::table;
    const Knows& knows = source.info().knows;
    RunPlan plan = options.plan;
    plan.interval = usual_interval(source.info());
    const std::string header = rows ? run_rows_header(options.format) : "";
    const auto done = [&](const RunRow& row, const RunEnd& end) -> Status {
        if (rows) {
            output.stream() << (row.number == 1 ? header : "") << run_row(options.format, row);
            TRY(output.flush());
        } else if (end.exit_status != 0) {
            std::cerr << fmt::format("mp3prof: run {}: exit status {}\n", row.number,
                                     end.exit_status)
                      << std::flush;
        }
        return {};
    };
    TRY_ASSIGN(const RepeatedRuns repeated,
               run_repeated(plan, options.repetition, source, registry, signals, done));
    if (repeated.exec_error != 0) {
        report_exec(plan, repeated.exec_error);
        return repeated.exit_status;
    }
    if (repeated.stopped) {
        std::cerr << fmt::format("mp3prof: stopped after {} of {}\n", repeated.rows.size(),
                                 counted(options.repetition.runs, "run"));
    }
    if (!rows && !repeated.rows.empty()) {
        std::vector<RunFigures> figures;
        for (const RunRow& row : repeated.rows) {
            figures.push_back(row.figures);
        }
        output.stream() << repeated_text(fmt::format("{}", fmt::join(plan.command, " ")), figures,
                                         knows);
        TRY(output.flush());
    } else if (rows && !knows.short_lives) {
        std::cerr << fmt::format("mp3prof: {}\n", seen_words);
    }
    return repeated.exit_status;
}

Result<int> run_run(const RunOptions& options, Signals& signals)
{
    // No signal ends us before the command has ended: we stay to report. SIGCHLD
    // is caught, or its children could be reaped unseen.
    signals.catch_these({SIGCHLD}, Repeat::always);
    signals.catch_these(forwarded_signals, Repeat::always);
    TRY_ASSIGN(const Profiler profiler, open_profiler(options.source));
    TRY(check_thresholds(options.plan.thresholds, profiler.source->info().knows));
    TRY_ASSIGN(Output output, Output::open(options.output, STDERR_FILENO));
    if (options.repetition.runs > 0) {
        return run_again(options, *profiler.source, *profiler.registry, signals, output);
    }
    const auto formatter = make_formatter(options.format, {.total_only = false,
                                                           .human = output.is_terminal(),
                                                           .lines = output.terminal_lines(),
                                                           .hz = kernel_hz(kernel_config_path()),
                                                           .knows = profiler.source->info().knows});
    RunPlan plan = options.plan;
    if (!options.series) {
        plan.interval = usual_interval(profiler.source->info());
    }
    IntervalSeries series(plan.interval, *formatter, output, realtime_offset);
    TRY_ASSIGN(const RunEnd end, run_profiled(plan, *profiler.source, *profiler.registry, signals,
                                              options.series ? &series : nullptr));
    if (end.exec_error != 0) {
        report_exec(options.plan, end.exec_error);
    } else {
        TRY(print_summary(options, end.summary, output, end.failure));
    }
    if (end.failure) {
        return tl::unexpected(*end.failure);
    }
    return judged_status(end);
}

} // namespace

void setup_run(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<RunOptions>();
    CLI::App* command =
        app.add_subcommand("run", "Run a command and tell what it and its children have used");
    CLI::Option* interval = add_duration(*command, "-i,--interval", options->plan.interval,
                                         "Print rows while it runs, this far apart");
    command->add_flag("--no-follow", options->no_follow,
                      "Only the command itself, not its children");
    add_source(*command, options->source);
    add_thresholds(*command, options->plan.thresholds,
                   "Exit with 3 if this holds, 'majflt/s>100 for 1s'; may be repeated");
    add_format(*command, options->format);
    add_output(*command, options->output,
               "Write to FILE (- for standard output) instead of "
               "standard error");
    CLI::Option* repeat =
        add_count(*command, "-r,--repeat", options->repetition.runs,
                  "Run it N times, and tell the mean and its spread", Zero::refused)
            ->excludes(interval)
            ->excludes(command->get_option("--fail-if"));
    add_count(*command, "--warmup", options->repetition.warmup,
              "With --repeat: run it N times before, uncounted")
        ->needs(repeat);
    // The words themselves are cut off before parsing; this is for --help.
    command->add_option("COMMAND", "What to run, with its arguments; -- may stand before it")
        ->type_name("");
    command->footer("Example:\n  mp3prof run -i 1s -- make -j4\n"
                    "  mp3prof run --fail-if 'majflt/s>100 for 1s' --fail-if 'rss>2G' -- ./test");
    command->callback([options, command, interval, repeat, &selected] {
        if (selected.command.empty()) {
            throw CLI::RequiredError("COMMAND");
        }
        for (const char* name : {"--format", "--csv", "--json"}) {
            if (command->get_option(name)->count() > 0 &&
                interval->count() + repeat->count() == 0) {
                throw CLI::RequiresError(name, "--interval or --repeat");
            }
        }
        if (repeat->count() > 0 && options->format == Format::classic) {
            throw CLI::ValidationError("--format", "runs are written as table, csv or jsonl");
        }
        options->plan.command = selected.command;
        options->plan.follow = !options->no_follow;
        options->series = interval->count() > 0;
        selected.failure_status = mp3prof_failed;
        selected.action = [options](Signals& signals) { return run_run(*options, signals); };
    });
}

} // namespace mp3prof
