// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/run_session.hpp"

#include "rates/process_tree.hpp"
#include "rates/run_tally.hpp"
#include "sys/clock.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <optional>

#include <unistd.h>

namespace mp3prof
{

namespace
{

// mp3prof itself under `follow` for the moment of the fork: so the kernel
// registers the child at its birth.
class FollowedSelf
{
public:
    [[nodiscard]] static Result<FollowedSelf> make(Registry& registry)
    {
        const Request request{Verb::follow, ::getpid()};
        const auto done = registry.apply(request);
        // Followed already (mp3prof run inside mp3prof run): as good, and not
        // ours to end.
        if (!done && done.error() != EEXIST) {
            return fail("{}", explain(request, done.error()));
        }
        return FollowedSelf(done ? &registry : nullptr);
    }

    FollowedSelf(FollowedSelf&& other) noexcept : registry_(std::exchange(other.registry_, nullptr))
    {
    }
    FollowedSelf& operator=(FollowedSelf&&) = delete;
    FollowedSelf(const FollowedSelf&) = delete;
    FollowedSelf& operator=(const FollowedSelf&) = delete;
    ~FollowedSelf()
    {
        if (registry_ != nullptr) {
            // It fails when somebody has ended it (unregister --all): as good.
            static_cast<void>(registry_->apply({Verb::remove, ::getpid()}));
        }
    }

private:
    explicit FollowedSelf(Registry* registry) : registry_(registry) {}
    Registry* registry_;
};

// What the records tell of the command, while it runs and a little longer.
class Observer
{
public:
    Observer(Source& source, ProcessTree tree, IntervalSeries* series, nanoseconds interval)
        : source_(source), tree_(std::move(tree)), series_(series), tally_(interval)
    {
    }

    [[nodiscard]] Status wait(std::optional<nanoseconds> deadline, int wake_fd)
    {
        TRY_ASSIGN(const Batch batch, source_.wait(deadline, wake_fd));
        return take(batch);
    }

    [[nodiscard]] Status drain()
    {
        TRY_ASSIGN(const Batch batch, source_.drain());
        return take(batch);
    }

    // Reads until every process that has ended has its FINAL record: two passes
    // of the sampler, as the one under way may have been past it.
    [[nodiscard]] Status settle(nanoseconds interval)
    {
        // Nobody wants to wait for two seconds behind `run -i 1s -- ls`.
        TRY(source_.set_interval(std::clamp(interval, source_.info().min_interval,
                                            std::max(source_.info().min_interval, quick))));
        TRY(drain());
        const std::uint64_t enough = figures_.ticks + 2;
        const nanoseconds give_up =
            monotonic_now() + std::chrono::seconds(2) + 4 * figures_.interval;
        while (figures_.ticks < enough && figures_.tasks > 0 && monotonic_now() < give_up) {
            TRY(wait(give_up, -1));
        }
        return drain(); // the last records may be behind the figures
    }

    [[nodiscard]] Status finish()
    {
        TRY(drain());
        tally_.finish();
        if (series_ != nullptr) {
            TRY(series_->finish(last_));
        }
        return {};
    }

    void summarize(RunSummary& summary) const
    {
        summary.total = tally_.total();
        summary.peak = tally_.peak();
        summary.peak_rss_bytes = tally_.peak_rss_bytes();
        summary.exited = tree_.exited();
        summary.processes = tree_.size();
        summary.after = figures_;
        summary.missed_records = missed_;
    }

    [[nodiscard]] std::vector<Sample> alive() const { return tree_.alive(); }

private:
    static constexpr nanoseconds quick = std::chrono::milliseconds(10);

    [[nodiscard]] Status take(const Batch& batch)
    {
        missed_ += batch.missed;
        figures_ = batch.figures;
        for (const Sample& sample : batch.samples) {
            if (tree_.take(sample)) {
                tally_.add(sample, figures_.interval);
                if (series_ != nullptr) {
                    series_->add(sample);
                }
            }
        }
        last_ = batch;
        if (series_ != nullptr) {
            TRY(series_->advance(batch)); // a closed pipe does not end the command
        }
        return {};
    }

    Source& source_;
    ProcessTree tree_;
    IntervalSeries* series_;
    RunTally tally_;
    Figures figures_;
    Batch last_;
    std::uint64_t missed_ = 0;
};

// Waits for the command, reading all the while.
Result<ChildEnd> attend(const Child& child, Observer& observer, Signals& signals)
{
    for (;;) {
        if (const Status read = observer.wait(std::nullopt, signals.fd()); !read) {
            // The command is not to suffer from our trouble.
            TRY(child.wait());
            return tl::unexpected(read.error());
        }
        signals.clear();
        for (const int signal : {SIGTERM, SIGHUP}) {
            if (signals.take(signal)) {
                // It fails when the command has just ended: too late to matter.
                static_cast<void>(::kill(child.pid(), signal));
            }
        }
        TRY_ASSIGN(const std::optional<ChildEnd> end, child.poll());
        if (end) {
            return *end;
        }
    }
}

Result<Child> start(const RunPlan& plan, Registry& registry, const Signals& signals)
{
    if (plan.follow) {
        TRY_ASSIGN(const FollowedSelf self, FollowedSelf::make(registry));
        return Child::fork_at_gate(plan.command, signals);
    }
    TRY_ASSIGN(Child child, Child::fork_at_gate(plan.command, signals));
    const Request request{Verb::add, child.pid()};
    // EEXIST: we are followed ourselves, so the child is registered by its birth.
    if (const auto done = registry.apply(request); !done && done.error() != EEXIST) {
        child.abandon();
        TRY(child.wait());
        return fail("{}", explain(request, done.error()));
    }
    return child;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string line;
    for (const std::string& word : words) {
        line += (line.empty() ? "" : " ") + word;
    }
    return line;
}

} // namespace

Result<RunEnd> run_profiled(const RunPlan& plan, Source& source, Registry& registry,
                            Signals& signals, IntervalSeries* series)
{
    TRY(source.set_interval(plan.interval));
    TRY_ASSIGN(const Batch past, source.drain()); // of others; forgotten
    if (series != nullptr) {
        TRY(series->begin(past));
    }
    TRY_ASSIGN(Child child, start(plan, registry, signals));
    Observer observer(source,
                      plan.follow ? ProcessTree::below(::getpid()) : ProcessTree::only(child.pid()),
                      series, plan.interval);

    const nanoseconds begin = monotonic_now();
    RunEnd end;
    end.exec_error = child.release();
    TRY_ASSIGN(const ChildEnd ended, attend(child, observer, signals));
    end.summary.wall = monotonic_now() - begin;
    TRY(observer.settle(plan.interval));
    end.summary.running = observer.alive();
    for (const Sample& process : end.summary.running) {
        // ENOENT or ESRCH: it has ended in this moment, with a record of its own.
        static_cast<void>(registry.apply({Verb::remove, process.pid}));
    }
    TRY(observer.finish());

    if (end.exec_error != 0) {
        end.exit_status = end.exec_error == ENOENT ? 127 : 126;
        return end;
    }
    end.exit_status = ended.exit_status();
    end.summary.command = joined(plan.command);
    end.summary.wait_status = ended.wait_status;
    end.summary.followed = plan.follow;
    end.summary.interval = plan.interval;
    end.summary.charged = ended.usage;
    end.summary.before = past.figures;
    observer.summarize(end.summary);
    return end;
}

} // namespace mp3prof
