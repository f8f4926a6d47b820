// SPDX-License-Identifier: GPL-2.0-or-later
// pidstat and perf stat against sampler and monitor: the same 1000 processes, of
// which all run and fault in each interval.
#include "command.hpp"
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "stage.hpp"
#include "troupe.hpp"

#include <string>

namespace bench
{

namespace
{

constexpr int processes = 1'000;
constexpr std::uint64_t ms = 1'000'000;

// Runs of so many intervals: the difference has no start and no end in it.
struct Series {
    std::uint64_t interval_ns;
    int few;
    int many;
    int acts = 2; // in each interval; of ours only
};

// What one interval more takes of a tool, for each process. `words` has its
// command line for so many intervals.
template <typename CommandLine>
double per_sample(Troupe& troupe, const Series& series, const CommandLine& words)
{
    const Directing directing;
    const auto act = [&] {
        sleep_ns(series.interval_ns / 2); // whenever it looks, all have acted
        troupe.act(processes);
    };
    const std::uint64_t first = cost_to_the_end(start(words(series.few)), act);
    const std::uint64_t last = cost_to_the_end(start(words(series.many)), act);
    return (static_cast<double>(last) - static_cast<double>(first)) / (series.many - series.few) /
           processes;
}

// Sampler, and a monitor of it that has started, at that interval.
void measure_ours(const std::string& key, const Series& series, const Words& options,
                  pid_t (*start_monitor)(const Words&) = start)
{
    const Stage stage;
    Troupe troupe{processes};
    troupe.register_all();
    Words words{tool, "monitor"};
    words.insert(words.end(), options.begin(), options.end());
    const pid_t monitor = start_monitor(words);
    const Directing directing;
    const auto act = [&](int intervals) {
        for (int i = 0; i < series.acts * intervals; ++i) {
            sleep_ns(series.interval_ns / static_cast<unsigned>(series.acts));
            troupe.act(processes);
        }
    };
    act(series.few); // it has read what the ring held
    const std::uint64_t tick = stage.map().figures().tick;
    const std::uint64_t head = stage.map().head();
    const std::uint64_t sampler = stage.sampler_ns();
    const std::uint64_t reader = cpu_time_ns(monitor);
    act(series.many);
    demand(cpu_time_ns(monitor) > reader, "a monitor that has ended");
    const auto samples = static_cast<double>((stage.map().figures().tick - tick) * processes);
    figure(key + ".sampler", static_cast<double>(stage.sampler_ns() - sampler) / samples);
    figure(key + ".records", static_cast<double>(stage.map().head() - head) / samples);
    figure(key + ".monitor", static_cast<double>(cpu_time_ns(monitor) - reader) / samples);
    end(monitor);
}

std::string list(const Troupe& troupe)
{
    std::string text;
    for (const pid_t pid : troupe.pids())
        text += (text.empty() ? "" : ",") + std::to_string(pid);
    return text;
}

} // namespace

void measure_pidstat(const Options&)
{
    demand(present("/usr/bin/pidstat"), "there is no pidstat here");
    {
        Troupe troupe{processes};
        figure("pidstat.theirs", per_sample(troupe, {1000 * ms, 1, 3}, [](int count) -> Words {
                   return {"/usr/bin/pidstat", "-r", "-u", "1", std::to_string(count)};
               }));
    }
    measure_ours("pidstat", {1000 * ms, 2, 5}, {"--interval", "1s"});
    // pidstat does not care; between two records the classic buffer's slots do.
    measure_ours("pidstat.busy", {1000 * ms, 2, 5, 20}, {"--interval", "1s"});
}

void measure_perf(const Options&)
{
    demand(present("/usr/bin/perf"), "there is no perf here");
    const Series every_50_ms{50 * ms, 4, 24};
    {
        Troupe troupe{processes};
        figure("perf.theirs", per_sample(troupe, every_50_ms, [&](int count) -> Words {
                   return {"/usr/bin/perf",
                           "stat",
                           "-I",
                           "50",
                           "--interval-count",
                           std::to_string(count),
                           "-e",
                           "page-faults,task-clock,context-switches",
                           "-p",
                           list(troupe)};
               }));
    }
    measure_ours("perf", every_50_ms, {"--interval", "50ms", "--total"});
}

// Nobody else draws a table of all at that rate. A CPU cannot run so many in 10 ms:
// they act ten times less often.
void measure_live(const Options&)
{
    measure_ours("live", {200 * ms, 3, 10}, {"--interval", "10ms"}, start_on_terminal);
}

} // namespace bench
