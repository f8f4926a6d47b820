// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/monitored.hpp"

#include <algorithm>
#include <iostream>

namespace mp3prof
{

namespace
{

Result<Profiler> open_for(SourceChoice choice, const MonitorPlan& plan, Past past,
                          std::string_view command)
{
    if (choice != SourceChoice::automatic || !needs_module(plan, past)) {
        return open_profiler(choice, Purpose::read);
    }
    Result<Profiler> profiler = open_profiler(SourceChoice::kernel, Purpose::read);
    if (!profiler && past == Past::left) {
        return fail("{}; without the module, name the processes: mp3prof {} -p PID",
                    profiler.error().message, command);
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

} // namespace

bool needs_module(const MonitorPlan& plan, Past past)
{
    return plan.pids.empty() || past == Past::wanted;
}

Result<Profiler> open_monitored(SourceChoice choice, MonitorPlan& plan, Past past,
                                std::string_view command)
{
    TRY_ASSIGN(Profiler profiler, open_for(choice, plan, past, command));
    std::ranges::sort(plan.pids);
    plan.pids.erase(std::unique(plan.pids.begin(), plan.pids.end()), plan.pids.end());
    if (profiler.registry) {
        TRY(register_all(*profiler.registry, plan));
    }
    return profiler;
}

} // namespace mp3prof
