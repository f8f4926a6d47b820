// SPDX-License-Identifier: GPL-2.0-or-later
// How much longer a workload takes that does nothing but fault, on the only CPU:
// sampled, recorded by perf, traced by perf.
#include "command.hpp"
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "stage.hpp"
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/load.hpp"
#include "support/status.hpp"

#include <functional>
#include <string>
#include <vector>

namespace bench
{

namespace
{

constexpr std::uint64_t ms = 1'000'000;
constexpr std::uint64_t s = 1000 * ms;

// A workload that waits for its cue, and says how long it took.
class Workload
{
public:
    explicit Workload(int rounds)
        : child_{[=, this] {
              guest::touch_pages(2'000);
              cue_.wait();
              const std::uint64_t begin = guest::now_ns();
              for (int i = 0; i < rounds; ++i)
                  guest::touch_pages(2'000);
              time_.send(guest::now_ns() - begin);
              return 0;
          }}
    {
    }
    pid_t pid() const { return child_.pid(); }
    std::uint64_t run()
    {
        sleep_ns(100 * ms);
        cue_.open();
        std::uint64_t time = 0;
        demand(time_.receive(time) && child_.reap().exited_with(0), "the workload failed");
        return time;
    }

private:
    guest::Gate cue_;
    guest::Mail<std::uint64_t> time_;
    guest::Child child_;
};

std::uint64_t sampled(const Stage& stage, int rounds, std::uint64_t interval_ns)
{
    Workload workload{rounds};
    demand(guest::set_interval(stage.fd(), interval_ns) == 0, "the interval cannot be set");
    demand(guest::register_pid(workload.pid()) == 0, "the workload cannot be registered");
    const std::uint64_t time = workload.run();
    guest::wait_for_standing_clock();
    return time;
}

std::uint64_t alone(int rounds)
{
    return Workload{rounds}.run();
}

// Under a command that is attached to it, and ends with it.
std::uint64_t under(int rounds, Words words)
{
    Workload workload{rounds};
    words.insert(words.end(), {"-p", std::to_string(workload.pid())});
    const pid_t pid = start(words);
    sleep_ns(5 * s); // it sets itself up
    const std::uint64_t time = workload.run();
    cost_to_the_end(pid, [] { sleep_ns(s / 10); });
    return time;
}

void show(const std::string& key, const std::vector<std::uint64_t>& times, double base)
{
    figure(key, 100 * (static_cast<double>(median(times)) / base - 1));
}

} // namespace

void measure_slowdown(const Options&)
{
    constexpr int rounds = 100;
    const Stage stage;
    std::vector<std::uint64_t> base;
    std::vector<std::uint64_t> base_again;
    std::vector<std::uint64_t> at_50_ms;
    std::vector<std::uint64_t> at_1_ms;
    for (int i = 0; i < 5; ++i) {
        base.push_back(alone(rounds));
        at_50_ms.push_back(sampled(stage, rounds, 50 * ms));
        base_again.push_back(alone(rounds));
        at_1_ms.push_back(sampled(stage, rounds, 1 * ms));
    }
    const auto time = static_cast<double>(median(base));
    show("slowdown.nothing", base_again, time);
    show("slowdown.50ms", at_50_ms, time);
    show("slowdown.1ms", at_1_ms, time);

    demand(present("/usr/bin/perf"), "there is no perf here");
    constexpr int fewer = 10;
    const auto less_time = static_cast<double>(alone(fewer));
    show("slowdown.perf_record",
         {under(fewer, {"/usr/bin/perf", "record", "-q", "-o", "/tmp/perf.data", "-c", "1", "-g",
                        "-e", "page-faults"})},
         less_time);
    show(
        "slowdown.perf_trace",
        {under(fewer, {"/usr/bin/perf", "trace", "-F", "all", "--no-syscalls", "-o", "/dev/null"})},
        less_time);
}

} // namespace bench
