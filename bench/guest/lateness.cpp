// SPDX-License-Identifier: GPL-2.0-or-later
// Ten minutes of ticks at 50 ms, while something else always wants the CPU.
#include "burner.hpp"
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "stage.hpp"
#include "support/status.hpp"

#include <algorithm>
#include <vector>

namespace bench
{

constexpr std::uint64_t interval = 50'000'000;
constexpr std::uint64_t minute = 60'000'000'000;

// How long after its place each tick began; the earliest is taken to be in place.
static std::vector<std::uint64_t> lateness(const Stage& stage, pid_t pid, std::uint64_t from)
{
    std::vector<std::uint64_t> times;
    guest::Reader reader{stage.map(), from};
    while (const auto record = reader.next())
        if (static_cast<pid_t>(record->pid) == pid)
            times.push_back(record->time_ns);
    demand(times.size() > 100, "the loop has no records");
    const std::uint64_t first = times.front() - interval / 2;
    std::vector<std::uint64_t> late;
    for (const std::uint64_t time : times)
        late.push_back((time - first) % interval);
    const std::uint64_t earliest = *std::min_element(late.begin(), late.end());
    for (auto& each : late)
        each -= earliest;
    std::sort(late.begin(), late.end());
    return late;
}

void measure_lateness(const Options&)
{
    const Stage stage;
    const Burner burner{0};
    demand(guest::set_interval(stage.fd(), interval) == 0, "the interval cannot be set");
    demand(guest::register_pid(burner.pid()) == 0, "the loop cannot be registered");
    const Directing directing; // or we would be the one who is late
    guest::read_ticks(stage.fd());
    const std::uint64_t from = stage.map().head();
    const mp3_figures first = stage.map().figures();
    sleep_ns(10 * minute);
    const mp3_figures last = stage.map().figures();
    figure("ticks.held", static_cast<double>(last.tick - first.tick));
    figure("ticks.missed", static_cast<double>(last.missed_ticks - first.missed_ticks));
    const auto late = lateness(stage, burner.pid(), from);
    figure("ticks.late.p99", static_cast<double>(late[late.size() * 99 / 100]));
    figure("ticks.late.worst", static_cast<double>(late.back()));
}

} // namespace bench
