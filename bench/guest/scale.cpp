// SPDX-License-Identifier: GPL-2.0-or-later
// The curve: what a tick of 50 ms takes of the sampler, and of a monitor, over
// processes of which so many percent have run and faulted since the last tick.
#include "command.hpp"
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "stage.hpp"
#include "troupe.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace bench
{

static std::string key(const char* what, int processes, int percent)
{
    return std::string{what} + "." + std::to_string(processes) + "." + std::to_string(percent);
}

static int share_of(int processes, int percent)
{
    return percent == 0 ? 0 : std::max(1, processes * percent / 100);
}

static void measure_sampler(Stage& stage, Troupe& troupe, int percent)
{
    const int active = share_of(troupe.size(), percent);
    figure(key("sampler", troupe.size(), percent),
           static_cast<double>(
               stage.cost(static_cast<std::uint64_t>(active), [&] { troupe.act(active); })));
}

// A monitor of all of them, tick by tick.
static void measure_monitor(Stage& stage, Troupe& troupe, int percent)
{
    const pid_t monitor = start({tool, "monitor", "--total", "--interval", "50ms"});
    const int active = share_of(troupe.size(), percent);
    std::vector<std::uint64_t> taken;
    for (int i = 0; i < 17; ++i) {
        stage.settle();
        const std::uint64_t before = cpu_time_ns(monitor);
        troupe.act(active);
        stage.next_tick();
        wait_asleep(monitor);
        if (i >= 10) // it has started, and read what the ring held
            taken.push_back(cpu_time_ns(monitor) - before);
    }
    figure(key("monitor", troupe.size(), percent), static_cast<double>(median(taken)));
    end(monitor);
}

void measure_scale(const Options& options)
{
    Stage stage;
    Troupe troupe;
    for (const int processes : {10, 100, 1'000, 10'000, 16'000}) {
        if (processes > options.largest)
            break;
        troupe.grow_to(processes);
        troupe.register_all();
        const Directing directing;
        for (int i = 0; i < 3; ++i)
            stage.next_tick();
        for (const int percent : {0, 1, 10, 100})
            measure_sampler(stage, troupe, percent);
        if (present(tool))
            for (const int percent : {1, 10, 100})
                measure_monitor(stage, troupe, percent);
    }
}

} // namespace bench
