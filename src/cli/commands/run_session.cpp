// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/run_session.hpp"

#include "rates/process_tree.hpp"
#include "rates/run_tally.hpp"
#include "sys/clock.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <optional>

#include <poll.h>
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
        // First without following, which fails where somebody has registered us:
        // then that is not ours to end. With it, it would pass as an upgrade.
        const Request own{Verb::add, ::getpid()};
        const auto added = registry.apply(own);
        if (!added && added.error() != EEXIST) {
            return fail("{}", registry.explain(own, added.error()));
        }
        FollowedSelf self(added ? &registry : nullptr);
        const Request follow{Verb::follow, ::getpid()};
        // EEXIST: followed already (mp3prof run inside mp3prof run), as good.
        if (const auto done = registry.apply(follow); !done && done.error() != EEXIST) {
            return fail("{}", registry.explain(follow, done.error()));
        }
        return self;
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
    // `past` is from before the command.
    Observer(Source& source, ProcessTree tree, SampleSink* sink, const RunPlan& plan,
             const Batch& past)
        : source_(source), tree_(std::move(tree)), sink_(sink), tally_(plan.interval),
          watch_(plan.thresholds, plan.interval), figures_(past.figures), last_(past)
    {
        last_.samples = {};
    }

    void command_begins(nanoseconds at) { watch_.begin(at); }

    // Reads until something comes on `wake_fd`, or a tick. The command is not to
    // suffer from our trouble: once reading has failed, it only waits.
    void attend(int wake_fd)
    {
        if (!blind_) {
            note(wait(std::nullopt, wake_fd), blind_);
            return;
        }
        pollfd wake{.fd = wake_fd, .events = POLLIN, .revents = 0};
        ::poll(&wake, 1, -1); // EINTR is as good as an event
    }

    // The command has ended, and nobody has waited for it yet.
    void look()
    {
        if (!blind_) {
            note(source_.look(), blind_);
        }
    }

    // The command has ended: what the sampler has done for it is known.
    void command_ended(nanoseconds at)
    {
        at_end_ = figures_;
        watch_.command_ended(at);
    }

    // What is still to come of the command, without an end to wait for.
    void settle(nanoseconds interval)
    {
        if (!blind_) {
            note(read_last(interval), blind_);
        }
    }

    void finish()
    {
        if (!blind_) {
            note(drain(), blind_);
        }
        tally_.finish();
        watch_.finish(tree_.size());
        if (sink_ != nullptr) {
            note_output(sink_->finish(last_));
        }
    }

    void summarize(RunSummary& summary) const
    {
        summary.total = tally_.total();
        summary.peak = tally_.peak();
        summary.peak_rss_bytes = tally_.peak_rss_bytes();
        summary.exited = tree_.exited();
        summary.processes = tree_.size();
        summary.after = at_end_;
        summary.follow_failed = figures_.follow_failed - summary.before.follow_failed;
        summary.missed_records = missed_;
    }

    [[nodiscard]] std::vector<Sample> alive() const { return tree_.alive(); }
    [[nodiscard]] std::vector<Violation> violations() const { return watch_.violations(); }
    // The first thing that has failed.
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

private:
    static constexpr nanoseconds quick = std::chrono::milliseconds(10);

    void note(const Status& status, bool& failed)
    {
        if (!status) {
            failed = true;
            failure_ = failure_ ? failure_ : status.error();
        }
    }

    // A closed pipe does not end the command, a full disk neither.
    void note_output(const Result<bool>& written)
    {
        if (!written) {
            sink_ = nullptr;
            failure_ = failure_ ? failure_ : written.error();
        }
    }

    [[nodiscard]] Status wait(std::optional<nanoseconds> deadline, int wake_fd)
    {
        TRY_ASSIGN(const Batch batch, source_.wait({.deadline = deadline}, wake_fd));
        take(batch);
        return {};
    }

    [[nodiscard]] Status drain()
    {
        TRY_ASSIGN(const Batch batch, source_.drain());
        take(batch);
        return {};
    }

    // Reads until every process that has ended has its FINAL record: two passes
    // of the sampler, as the one under way may have been past it.
    [[nodiscard]] Status read_last(nanoseconds interval)
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

    void take(const Batch& batch)
    {
        missed_ += batch.missed;
        figures_ = batch.figures;
        for (const Sample& sample : batch.samples) {
            if (tree_.take(sample)) {
                tally_.add(sample, figures_.interval);
                watch_.add(sample, figures_.interval);
                if (sink_ != nullptr) {
                    sink_->add({&sample, 1});
                }
            }
        }
        watch_.advance(figures_.last_tick, figures_.interval, tree_.size());
        last_ = batch;
        if (sink_ != nullptr) {
            note_output(sink_->advance(batch));
        }
        last_.missed = 0; // told
    }

    Source& source_;
    ProcessTree tree_;
    SampleSink* sink_;
    RunTally tally_;
    ThresholdWatch watch_;
    Figures figures_;
    Figures at_end_; // when the command had ended
    Batch last_;
    std::uint64_t missed_ = 0;
    bool blind_ = false; // the source has failed
    std::optional<Error> failure_;
};

// Passes on what a process has sent. What the terminal sends (Ctrl-C), the
// command gets itself.
void forward(const Child& child, Signals& signals)
{
    for (const int signal : forwarded_signals) {
        if (signals.take(signal) == Sender::process) {
            // It fails when the command has just ended: too late to matter.
            static_cast<void>(::kill(child.pid(), signal));
        }
    }
}

// Waits for the command, reading all the while.
Result<ChildEnd> attend(const Child& child, Observer& observer, Signals& signals)
{
    for (;;) {
        observer.attend(signals.fd());
        signals.clear(); // before we look: what comes afterwards wakes us again
        TRY_ASSIGN(const bool ended, child.has_ended());
        if (ended) {
            observer.look();
            return child.wait();
        }
        forward(child, signals);
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
        return fail("{}", registry.explain(request, done.error()));
    }
    return child;
}

// Ends the registrations of what outlives the command. What one of these has
// forked since the last tick has its first record with the next one, so this
// looks again until nobody new turns up; but not for ever, as a chain of forks
// may be quicker than the ticks.
std::vector<Sample> end_running(Observer& observer, Registry& registry, nanoseconds interval)
{
    constexpr int rounds = 10;
    std::vector<Sample> ended;
    for (int round = 0; round < rounds; ++round) {
        std::vector<Sample> fresh = observer.alive();
        std::erase_if(fresh, [&](const Sample& process) {
            return std::ranges::find(ended, process.key(), &Sample::key) != ended.end();
        });
        if (fresh.empty()) {
            break;
        }
        for (const Sample& process : fresh) {
            // ENOENT or ESRCH: it has ended in this moment, with a record of its own.
            static_cast<void>(registry.apply({Verb::remove, process.pid}));
        }
        ended.insert(ended.end(), fresh.begin(), fresh.end());
        observer.settle(interval);
    }
    return ended;
}

} // namespace

Result<RunEnd> run_profiled(const RunPlan& plan, Source& source, Registry& registry,
                            Signals& signals, SampleSink* sink)
{
    TRY(source.set_interval(plan.interval));
    TRY_ASSIGN(const Batch past, source.drain()); // of others; forgotten
    if (sink != nullptr) {
        TRY(sink->begin(past));
    }
    TRY_ASSIGN(Child child, start(plan, registry, signals));
    Observer observer(source,
                      plan.follow ? ProcessTree::below(::getpid()) : ProcessTree::only(child.pid()),
                      sink, plan, past);

    const nanoseconds begin = monotonic_now();
    observer.command_begins(begin);
    RunEnd end;
    end.exec_error = child.release();
    TRY_ASSIGN(const ChildEnd ended, attend(child, observer, signals));
    end.ended = monotonic_now();
    end.summary.wall = end.ended - begin;
    observer.command_ended(end.ended);
    observer.settle(plan.interval);
    end.summary.running = end_running(observer, registry, plan.interval);
    observer.finish();
    end.failure = observer.failure();

    if (end.exec_error != 0) {
        end.exit_status = end.exec_error == ENOENT ? 127 : 126;
        return end;
    }
    end.exit_status = ended.exit_status();
    end.summary.command = fmt::format("{}", fmt::join(plan.command, " "));
    end.summary.wait_status = ended.wait_status;
    end.summary.followed = plan.follow;
    end.summary.interval = plan.interval;
    end.summary.charged = ended.usage;
    end.summary.before = past.figures;
    end.summary.knows = source.info().knows;
    observer.summarize(end.summary);
    end.violations = observer.violations();
    return end;
}

} // namespace mp3prof
