// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/open_source.hpp"
#include "commands/options.hpp"
#include "commands/record_session.hpp"
#include "commands/recording_origin.hpp"
#include "commands/recording_sink.hpp"
#include "commands/run_session.hpp"
#include "sys/clock.hpp"
#include "sys/signals.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <iostream>
#include <memory>
#include <utility>

namespace mp3prof
{

namespace
{

struct RecordOptions {
    RecordPlan plan;
    SourceChoice source = SourceChoice::automatic;
    std::vector<std::string> command;
    std::string output = "mp3prof.rec";
    bool interval_named = false;
    bool no_follow = false;
};

void say(const std::string& words)
{
    std::cerr << "mp3prof: " << words << '\n' << std::flush;
}

void say_recorded(const RecordingSink& sink, const std::string& path)
{
    const auto count = [](std::uint64_t number, const char* one, const char* many) {
        return fmt::format("{} {}", number, number == 1 ? one : many);
    };
    say(fmt::format("{} of {} in {} (mp3prof report{})", count(sink.samples(), "sample", "samples"),
                    count(sink.processes(), "process", "processes"), path,
                    path == "mp3prof.rec" ? "" : " " + path));
}

// Records into the inner sink. When that fails, it says so at once: the command
// that is recorded goes on, perhaps for long.
class OutspokenSink : public SampleSink
{
public:
    explicit OutspokenSink(RecordingSink& inner) : inner_(inner) {}

    void prime(const Sample& sample) override { inner_.prime(sample); }
    [[nodiscard]] Result<bool> begin(const Batch& past) override { return inner_.begin(past); }
    void add(std::span<const Sample> samples) override { inner_.add(samples); }
    [[nodiscard]] Result<bool> advance(const Batch& batch) override
    {
        return said(inner_.advance(batch));
    }
    [[nodiscard]] Result<bool> finish(const Batch& batch) override
    {
        return said(inner_.finish(batch));
    }
    [[nodiscard]] std::optional<nanoseconds> deadline() const override { return inner_.deadline(); }
    [[nodiscard]] nanoseconds quiet_until(nanoseconds period) const override
    {
        return inner_.quiet_until(period);
    }
    [[nodiscard]] std::uint64_t printed() const override { return inner_.printed(); }

    [[nodiscard]] bool failed() const { return failed_; }

private:
    Result<bool> said(Result<bool> result)
    {
        if (!result && !std::exchange(failed_, true)) {
            say(result.error().message + "; the command goes on, unrecorded");
        }
        return result;
    }

    RecordingSink& inner_;
    bool failed_ = false;
};

Result<int> record_command(const RecordOptions& options, Signals& signals)
{
    // As in run: no signal ends us before the command has ended.
    signals.catch_these({SIGCHLD}, Repeat::always);
    signals.catch_these(forwarded_signals, Repeat::always);
    TRY_ASSIGN(const Profiler profiler, open_profiler(options.source));
    const RunPlan plan{.command = options.command,
                       .interval = options.interval_named ? options.plan.interval
                                                          : usual_interval(profiler.source->info()),
                       .follow = !options.no_follow};
    RecordingHeader header = recording_header(profiler.source->info(), plan.interval);
    header.command = plan.command;
    header.followed = plan.follow;
    RecordingSink sink(options.output, std::move(header));
    OutspokenSink outspoken(sink);
    TRY_ASSIGN(const RunEnd end,
               run_profiled(plan, *profiler.source, *profiler.registry, signals, &outspoken));
    if (end.exec_error != 0) {
        sink.withdraw();
        say(exec_words(plan, end.exec_error));
        return end.exit_status;
    }
    if (outspoken.failed()) {
        return mp3prof_failed;
    }
    TRY(sink.complete(recording_end(end), end.summary.after));
    say_recorded(sink, options.output);
    if (end.failure) {
        return tl::unexpected(*end.failure);
    }
    return end.exit_status;
}

Result<int> record_others(const RecordOptions& options, Signals& signals)
{
    // The signals first: a file that was begun is completed.
    signals.catch_ends();
    TRY_ASSIGN(const Profiler profiler, open_profiler(options.source));
    RecordPlan plan = options.plan;
    if (plan.pids.empty() && !profiler.source->info().knows.short_lives) {
        return fail("there is nothing to record: in /proc nothing is registered (-p PID or a "
                    "COMMAND says what to record)");
    }
    if (!options.interval_named) {
        plan.interval = usual_interval(profiler.source->info());
    }
    std::optional<ProcessTree> tree;
    if (!plan.pids.empty()) {
        tree = ProcessTree::of(plan.pids, plan.children);
    }
    RecordingSink sink(options.output, recording_header(profiler.source->info(), plan.interval),
                       std::move(tree));
    TRY(record_registered(*profiler.source, *profiler.registry, plan, sink, until_signal(signals),
                          std::cerr));
    TRY(sink.complete({.time = monotonic_now()}, std::nullopt));
    say_recorded(sink, options.output);
    return 0;
}

} // namespace

void setup_record(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<RecordOptions>();
    CLI::App* command = app.add_subcommand(
        "record", "Record what a command, or registered processes, use into a file");
    RecordPlan& plan = options->plan;
    CLI::Option* interval =
        add_duration(*command, "-i,--interval", plan.interval, "Time between samples (50ms)");
    CLI::Option* pids =
        add_pids(*command, plan.pids, "These processes; registered meanwhile, if they are not");
    CLI::Option* follow =
        command
            ->add_flag_callback(
                "-f,--follow", [&plan] { plan.children = ProcessTree::Children::followed; },
                "With --pid: also the children that they fork from now on")
            ->needs(pids);
    CLI::Option* no_follow = command->add_flag("--no-follow", options->no_follow,
                                               "Only the command itself, not its children");
    CLI::Option* duration =
        add_duration(*command, "--duration", plan.duration, "End after this time");
    add_source(*command, options->source);
    add_output(*command, options->output,
               "Record into FILE (mp3prof.rec); an old one becomes FILE.old");
    // The words themselves are cut off before parsing; this is for --help.
    command->add_option("COMMAND", "What to run, with its arguments; -- may stand before it")
        ->type_name("");
    command->footer(
        "Example:\n  mp3prof record -- make -j4\n  mp3prof record -p 4711 --duration 10s "
        "-o server.rec");
    command->callback([options, interval, pids, follow, no_follow, duration, &selected] {
        options->interval_named = interval->count() > 0;
        options->command = selected.command;
        if (options->output.empty() || options->output == "-") {
            throw CLI::ValidationError("--output", "a recording goes to a file");
        }
        const bool runs = !options->command.empty();
        for (const CLI::Option* option : {pids, follow, duration}) {
            if (runs && option->count() > 0) {
                throw CLI::ValidationError(option->get_name(), "does not go with a COMMAND");
            }
        }
        if (!runs && no_follow->count() > 0) {
            throw CLI::ValidationError("--no-follow", "goes with a COMMAND only");
        }
        selected.failure_status = runs ? mp3prof_failed : 1;
        selected.action = [options, runs](Signals& signals) {
            // Where files may not grow, writing fails; it does not end us.
            signals.ignore({SIGXFSZ});
            return runs ? record_command(*options, signals) : record_others(*options, signals);
        };
    });
}

} // namespace mp3prof
