// SPDX-License-Identifier: GPL-2.0-or-later
// The same processes with more threads, that sleep.
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "stage.hpp"
#include "troupe.hpp"

namespace bench
{

constexpr int processes = 200;

// Of each process.
static double cost_with(Stage& stage, int more_threads)
{
    Troupe troupe{processes, more_threads};
    troupe.register_all();
    const Directing directing;
    for (int i = 0; i < 3; ++i)
        stage.next_tick();
    return static_cast<double>(stage.cost(processes, [&] { troupe.act(processes); })) / processes;
}

// The second thread is one thing: with it a process is no longer read inline.
void measure_threads(const Options&)
{
    constexpr int more = 16;
    Stage stage;
    const double one = cost_with(stage, 0);
    const double two = cost_with(stage, 1);
    figure("thread.second", two - one);
    figure("thread", (cost_with(stage, 1 + more) - two) / more);
}

} // namespace bench
