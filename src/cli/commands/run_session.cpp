// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/run_session.hpp"

#include "commands/run_observer.hpp"
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

// Passes on what a process has sent. What the terminal sends (Ctrl-C), the
// command gets itself. Notes in `asked` who asks it to end.
void forward(const Child& child, Signals& signals, int& asked)
{
    for (const int signal : forwarded_signals) {
        const Sender sender = signals.take(signal);
        if (sender == Sender::process) {
            // It fails when the command has just ended: too late to matter.
            static_cast<void>(::kill(child.pid(), signal));
        }
        if (sender != Sender::none && std::ranges::count(ending_signals, signal) > 0) {
            asked = signal;
        }
    }
}

// Waits for the command, reading all the while.
Result<ChildEnd> attend(const Child& child, RunObserver& observer, Signals& signals, int& asked)
{
    for (;;) {
        observer.attend(signals.fd());
        signals.clear(); // before we look: what comes afterwards wakes us again
        TRY_ASSIGN(const bool ended, child.has_ended());
        if (ended) {
            observer.look();
            if (asked == 0) {
                asked = signals.take_any(ending_signals);
            }
            return child.wait();
        }
        forward(child, signals, asked);
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
std::vector<Sample> end_running(RunObserver& observer, Registry& registry, nanoseconds interval)
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

std::string exec_words(const RunPlan& plan, int error)
{
    return fmt::format("cannot run {}: {}", plan.command.front(),
                       error == ENOENT ? "command not found" : errno_words(error));
}

Result<RunEnd> run_profiled(const RunPlan& plan, Source& source, Registry& registry,
                            Signals& signals, SampleSink* sink)
{
    TRY(source.set_interval(plan.interval));
    TRY_ASSIGN(const Batch past, source.drain()); // of others; forgotten
    if (sink != nullptr) {
        TRY(sink->begin(past));
    }
    TRY_ASSIGN(Child child, start(plan, registry, signals));
    RunObserver observer(
        source, plan.follow ? ProcessTree::below(::getpid()) : ProcessTree::only(child.pid()), sink,
        plan, past);

    const nanoseconds begin = monotonic_now();
    observer.command_begins(begin);
    RunEnd end;
    end.exec_error = child.release();
    TRY_ASSIGN(const ChildEnd ended, attend(child, observer, signals, end.asked_to_end));
    end.ended = monotonic_now();
    end.summary.wall = end.ended - begin;
    observer.command_ended(end.ended);
    observer.settle(plan.interval);
    end.summary.running = end_running(observer, registry, plan.interval);
    const Charged charged = charged_of(ended.usage);
    // It is charged with its children, who do not count without following.
    observer.finish(plan.follow ? charged : Charged{});
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
    end.summary.charged = charged;
    end.summary.before = past.figures;
    end.summary.knows = source.info().knows;
    observer.summarize(end.summary);
    end.violations = observer.violations();
    return end;
}

} // namespace mp3prof
