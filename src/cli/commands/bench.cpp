// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/bench.hpp"

#include "commands/bench_probes.hpp"
#include "commands/command.hpp"
#include "commands/open_source.hpp"
#include "commands/options.hpp"
#include "device/registry.hpp"
#include "sys/output.hpp"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <iostream>
#include <memory>

#include <unistd.h>

namespace mp3prof
{

namespace
{

struct BenchOptions {
    std::uint64_t count = 100;
    nanoseconds duration = std::chrono::seconds(1);
    Format format = Format::table;
};

// A crowd that is registered for as long as it lives.
class RegisteredCrowd
{
public:
    [[nodiscard]] static Result<RegisteredCrowd> make(Crowd crowd)
    {
        RegisteredCrowd registered(std::move(crowd));
        TRY_ASSIGN(registered.registry_, ProcRegistry::open(registry_path));
        for (const pid_t pid : registered.crowd().pids()) {
            const Request request{Verb::add, pid};
            // EEXIST: somebody follows us; as good.
            if (const auto done = registered.registry_->apply(request);
                !done && done.error() != EEXIST) {
                return fail("{}", explain(request, done.error()));
            }
        }
        return registered;
    }

    RegisteredCrowd(RegisteredCrowd&&) noexcept = default;
    RegisteredCrowd& operator=(RegisteredCrowd&&) = delete;
    RegisteredCrowd(const RegisteredCrowd&) = delete;
    RegisteredCrowd& operator=(const RegisteredCrowd&) = delete;
    ~RegisteredCrowd()
    {
        if (registry_) {
            for (const pid_t pid : crowd_.pids()) {
                // ENOENT where we came no further, or somebody has ended it.
                static_cast<void>(registry_->apply({Verb::remove, pid}));
            }
        }
    }

    [[nodiscard]] const Crowd& crowd() const { return crowd_; }

private:
    explicit RegisteredCrowd(Crowd crowd) : crowd_(std::move(crowd)) {}
    Crowd crowd_;
    std::unique_ptr<Registry> registry_;
};

// The module's figures: of children that sleep, then of children that run.
Status take_sampler_figures(const BenchOptions& options, const ProbeTime& time,
                            const Signals& signals, BenchFigures& figures)
{
    TRY_ASSIGN(const auto source, open_kernel_source());
    TRY_ASSIGN(const Batch before, source->drain());
    if (const std::uint32_t others = before.figures.tasks; others > 0) {
        std::cerr << fmt::format("mp3prof: the sampler's figures are an average over {} more "
                                 "process{}, registered already\n",
                                 others, others == 1 ? "" : "es");
    }
    const auto probe = [&](nanoseconds pause) -> Result<SamplerCost> {
        TRY_ASSIGN(Crowd crowd, Crowd::fork(options.count, pause, signals));
        TRY_ASSIGN(const RegisteredCrowd registered, RegisteredCrowd::make(std::move(crowd)));
        return probe_sampler(*source, registered.crowd(), time);
    };
    TRY_ASSIGN(const SamplerCost idle, probe(nanoseconds::zero()));
    figures.sampler_idle = idle.ns;
    if (time.stop()) {
        return {};
    }
    // Twice in each tick, so that there is one in each.
    TRY_ASSIGN(const SamplerCost active, probe(usual_interval(source->info()) / 2));
    figures.sampler_active = active.ns;
    if (active.records < 0.9 && !time.stop()) {
        std::cerr << fmt::format("mp3prof: only {:.0f} % of the processes that should run in each "
                                 "tick did: fewer of them (-n) give a better figure\n",
                                 active.records * 100);
    }
    return {};
}

Status take_other_figures(const BenchOptions& options, const ProbeTime& time,
                          const Signals& signals, BenchFigures& figures)
{
    TRY_ASSIGN(const Crowd crowd, Crowd::fork(options.count, nanoseconds::zero(), signals));
    TRY_ASSIGN(figures.stat_kept, probe_stat_kept(crowd, time));
    TRY_ASSIGN(figures.stat_opened, probe_stat_opened(crowd, time));
    TRY_ASSIGN(figures.ring_record, probe_ring(time));
    return {};
}

Result<int> run_bench(const BenchOptions& options, Signals& signals)
{
    signals.catch_ends();
    int stopped = 0; // by which signal
    const ProbeTime time{.duration = options.duration,
                         .stop =
                             [&] {
                                 if (stopped == 0) {
                                     stopped = signals.take_any({SIGINT, SIGTERM});
                                 }
                                 return stopped != 0;
                             },
                         .wake_fd = signals.fd()};
    BenchFigures figures;
    figures.processes = options.count;
    const Status sampler = take_sampler_figures(options, time, signals, figures);
    if (!sampler) {
        std::cerr << "mp3prof: no figures of the sampler: " << sampler.error().message << '\n';
    }
    if (!time.stop()) {
        TRY(take_other_figures(options, time, signals, figures));
    }
    if (time.stop()) {
        return 128 + stopped; // figures cut short are none
    }
    TRY_ASSIGN(Output output, Output::open("", STDOUT_FILENO));
    write_bench(output.stream(), options.format, figures);
    TRY(output.flush());
    return sampler ? 0 : 1;
}

} // namespace

void setup_bench(CLI::App& app, Selected& selected)
{
    auto options = std::make_shared<BenchOptions>();
    CLI::App* command =
        app.add_subcommand("bench", "Measure what looking costs here, and what reading /proc does");
    add_count(*command, "-n,--count", options->count, "Processes to look at (100)", Zero::refused);
    add_duration(*command, "--duration", options->duration, "Time for each figure (1s)");
    add_format(*command, options->format, Classic::refused);
    command->footer("Example:\n  mp3prof bench --count 1000");
    command->callback([options, &selected] {
        selected.action = [options](Signals& signals) { return run_bench(*options, signals); };
    });
}

} // namespace mp3prof
