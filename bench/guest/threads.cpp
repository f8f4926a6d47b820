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

static std::uint64_t cost_with(Stage& stage, int more_threads)
{
    Troupe troupe{processes, more_threads};
    troupe.register_all();
    const Directing directing;
    for (int i = 0; i < 3; ++i)
        stage.next_tick();
    return stage.cost(processes, [&] { troupe.act(processes); });
}

void measure_threads(const Options&)
{
    constexpr int more = 16;
    Stage stage;
    const std::uint64_t one = cost_with(stage, 0);
    const std::uint64_t many = cost_with(stage, more);
    figure("thread", (static_cast<double>(many) - static_cast<double>(one)) / (processes * more));
}

} // namespace bench
