// SPDX-License-Identifier: GPL-2.0-or-later
// fork, exit and wait, of a process that is not followed and of one that is.
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "stage.hpp"
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/status.hpp"

#include <vector>

#include <unistd.h>

namespace bench
{

constexpr int forks = 1'000;

struct Span {
    std::uint64_t all;
    std::uint64_t sampler;
};

static Span fork_many(const Stage& stage)
{
    const std::uint64_t sampler = stage.sampler_ns();
    const std::uint64_t begin = guest::now_ns();
    for (int i = 0; i < forks; ++i)
        guest::reap(guest::spawn([] { return 0; }));
    const std::uint64_t all = guest::now_ns() - begin;
    return {all, stage.sampler_ns() - sampler};
}

static double each(const std::vector<std::uint64_t>& spans)
{
    return static_cast<double>(median(spans)) / forks;
}

void measure_fork(const Options&)
{
    const Stage stage;
    std::vector<std::uint64_t> alone;
    std::vector<std::uint64_t> followed;
    std::vector<std::uint64_t> sampler;
    fork_many(stage);
    for (int round = 0; round < 3; ++round) {
        alone.push_back(fork_many(stage).all);
        demand(guest::follow_pid(getpid()) == 0, "this process cannot be followed");
        const Span span = fork_many(stage);
        followed.push_back(span.all);
        sampler.push_back(span.sampler);
        demand(guest::unregister_all() == 0, "the registrations cannot be ended");
        sleep_ns(2'000'000'000); // the hook is taken out a while later
    }
    demand(stage.map().figures().follow_failed == 0, "not each fork was followed");
    figure("fork.alone", each(alone));
    figure("fork.followed", each(followed));
    figure("fork.sampler", each(sampler));
}

} // namespace bench
