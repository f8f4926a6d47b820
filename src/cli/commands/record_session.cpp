// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/record_session.hpp"

#include "sys/clock.hpp"

#include <algorithm>
#include <cerrno>
#include <set>

namespace mp3prof
{

namespace
{

using Children = ProcessTree::Children;

// The registrations that are ours, to be ended with us.
class Registrations
{
public:
    explicit Registrations(Registry& registry) : registry_(registry) {}
    Registrations(const Registrations&) = delete;
    Registrations& operator=(const Registrations&) = delete;
    Registrations(Registrations&&) = delete;
    Registrations& operator=(Registrations&&) = delete;
    ~Registrations()
    {
        for (const pid_t pid : own_) {
            // It fails for what has ended: as good.
            static_cast<void>(registry_.apply({Verb::remove, pid}));
        }
    }

    [[nodiscard]] Status add(pid_t pid, Children children)
    {
        // First without following, which fails where somebody has registered it:
        // then that is not ours to end. With it, it would pass as an upgrade.
        const Request request{Verb::add, pid};
        const auto added = registry_.apply(request);
        if (added) {
            own_.insert(pid);
        } else if (added.error() != EEXIST) {
            return fail("{}", explain(request, added.error()));
        }
        const Request follow{Verb::follow, pid};
        if (children == Children::followed) {
            if (const auto done = registry_.apply(follow); !done && done.error() != EEXIST) {
                return fail("{}", explain(follow, done.error()));
            }
        }
        return {};
    }

    // What descends from one that is ours was registered by that.
    [[nodiscard]] bool covers(const ProcessTree& tree, const Sample& process) const
    {
        return own_.contains(tree.root_of(process.pid).value_or(0));
    }

    void end(const Sample& process) const
    {
        static_cast<void>(registry_.apply({Verb::remove, process.pid}));
    }

private:
    Registry& registry_;
    std::set<pid_t> own_; // roots
};

// Ends what is ours, and records its last samples. What has been forked since
// the last tick turns up with the next one, so this looks again; but not for
// ever, as a chain of forks may be quicker than the ticks.
Status end_registrations(Source& source, const Registrations& registrations, RecordingSink& sink)
{
    constexpr nanoseconds quick = std::chrono::milliseconds(10);
    constexpr int rounds = 10;
    TRY(source.set_interval(std::max(source.info().min_interval, quick)));
    std::set<ProcessKey> ended;
    for (int round = 0; round < rounds; ++round) {
        const std::size_t before = ended.size();
        for (const Sample& process : sink.tree().alive()) {
            if (registrations.covers(sink.tree(), process) && ended.insert(process.key()).second) {
                registrations.end(process);
            }
        }
        if (ended.size() == before) {
            break;
        }
        TRY_ASSIGN(const Batch last, source.wait({.deadline = monotonic_now() + 5 * quick}, -1));
        sink.add(last.samples);
        TRY(sink.finish(last));
    }
    return {};
}

} // namespace

Status record_registered(Source& source, Registry& registry, const RecordPlan& plan,
                         RecordingSink& sink, const StopRequest& stop, std::ostream& words)
{
    TRY(source.set_interval(plan.interval));
    TRY_ASSIGN(const Batch past, source.drain());
    sink.know(past.samples);
    Registrations registrations(registry);
    for (const pid_t pid : plan.pids) {
        TRY(registrations.add(pid, plan.children));
    }
    const MonitorPlan stream{.interval = plan.interval,
                             .duration = plan.duration,
                             .count = 0,
                             .pids = {},
                             .until_idle = false,
                             .registered = !plan.pids.empty()};
    TRY(monitor_stream(source, stream, sink, stop, words));
    if (!plan.pids.empty()) {
        TRY(end_registrations(source, registrations, sink));
    }
    return {};
}

} // namespace mp3prof
