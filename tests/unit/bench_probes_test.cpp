// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/bench_probes.hpp"
#include "fakes.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <csignal>

#include <sys/wait.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Crowd crowd_of(std::size_t count, nanoseconds pause = 0ns)
{
    auto signals = Signals::make();
    REQUIRE(signals);
    auto crowd = Crowd::fork(count, pause, *signals);
    REQUIRE(crowd);
    return std::move(*crowd);
}

Batch tick(std::uint64_t number, nanoseconds sampling, nanoseconds now,
           std::vector<Sample> samples = {})
{
    Batch batch;
    batch.samples = kept(std::move(samples));
    batch.figures.ticks = number;
    batch.figures.sampling = sampling;
    batch.figures.tasks = 3;
    batch.now = now;
    return batch;
}

} // namespace

TEST_CASE("a crowd lives as long as it is wanted, and leaves no zombie")
{
    std::vector<pid_t> pids;
    {
        const Crowd crowd = crowd_of(5, 1ms);
        pids = crowd.pids();
        CHECK(pids.size() == 5);
        CHECK(std::ranges::is_sorted(pids));
        for (const pid_t pid : pids) {
            CHECK(::kill(pid, 0) == 0);
        }
    }
    for (const pid_t pid : pids) {
        CHECK(::waitpid(pid, nullptr, WNOHANG) == -1);
    }
}

TEST_CASE("the sampler's cost is that of a process and tick, behind the first ticks")
{
    const Crowd crowd = crowd_of(2);
    const nanoseconds later = std::chrono::hours(24 * 365 * 100);
    FakeSource source;
    const Sample one = sample_of(crowd.pids()[0], 1s, 1);
    const Sample other = sample_of(crowd.pids()[1], 1s, 1);
    const Sample stranger = sample_of(1, 1s, 1);
    source.past = {tick(10, 100us, 0ns)};
    source.batches = {tick(11, 500us, 1ns, {one, other}), tick(12, 600us, 2ns, {one, other}),
                      tick(13, 603us, 3ns, {one, stranger}),
                      tick(16, 612us, later, {one, other, other, one, one})};
    const auto cost = probe_sampler(source, crowd, {.duration = 1s});
    REQUIRE(cost);
    CHECK(cost->ns == doctest::Approx(12'000. / (4 * 3)));
    CHECK(cost->records == doctest::Approx(6. / (4 * 2)));
    CHECK(source.intervals == std::vector<nanoseconds>{50ms});
}

TEST_CASE("a probe that is told to stop does")
{
    const Crowd crowd = crowd_of(1);
    FakeSource source;
    source.past = {tick(1, 0ns, 0ns)};
    const ProbeTime time{.duration = 1h, .stop = [] { return true; }};
    CHECK(probe_sampler(source, crowd, time));
    CHECK(probe_stat_kept(crowd, time));
    CHECK(probe_stat_opened(crowd, time));
    CHECK(probe_ring(time));
}

TEST_CASE("reading costs something, and a process that is gone is an error")
{
    const ProbeTime time{.duration = 1ms};
    Crowd crowd = crowd_of(3);
    CHECK(*probe_stat_kept(crowd, time) > 0);
    CHECK(*probe_stat_opened(crowd, time) > 0);
    CHECK(*probe_ring(time) > 0);
    const pid_t first_one = crowd.pids()[0];
    ::kill(first_one, SIGKILL);
    ::waitpid(first_one, nullptr, 0);
    const auto gone = probe_stat_opened(crowd, time);
    REQUIRE_FALSE(gone);
    CHECK(gone.error().message.starts_with("cannot open /proc/"));
}
