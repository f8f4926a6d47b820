// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/run_session.hpp"
#include "fakes.hpp"
#include "samples.hpp"
#include "sys/clock.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>

#include <unistd.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

// Stands for the kernel: the command is a real child, its records are made up.
// Each wait gives an empty tick until the command's records are due.
struct Scene {
    FakeSource source;
    FakeRegistry registry;
    Result<Signals> signals = Signals::make();
    std::vector<Sample> records; // given with the third tick
    std::uint64_t ticks = 10;

    Scene()
    {
        signals->catch_these({SIGCHLD, SIGTERM}, Repeat::always);
        source.past = {tick({})};
        source.on_wait = [this] {
            source.batches.clear();
            source.batches.push_back(tick(ticks == 13 ? records : std::vector<Sample>{}));
            ::usleep(10'000);
        };
    }

    Batch tick(std::vector<Sample> samples)
    {
        Batch batch;
        batch.samples = std::move(samples);
        batch.figures.ticks = ticks++;
        batch.figures.tasks = 1;
        batch.figures.interval = 50ms;
        batch.now = monotonic_now();
        return batch;
    }

    Result<RunEnd> run(std::vector<std::string> command, bool follow = true)
    {
        const RunPlan plan{.command = std::move(command), .interval = 50ms, .follow = follow};
        return run_profiled(plan, source, registry, *signals, nullptr);
    }
};

Sample record_of_child(pid_t pid, Stage stage)
{
    Sample sample = sample_of(pid, 1s, 77, stage);
    sample.ppid = ::getpid();
    return sample;
}

} // namespace

TEST_CASE("run registers itself for the fork, with follow, and only for that")
{
    Scene scene;
    const auto end = scene.run({"true"});
    REQUIRE(end);
    CHECK(end->exit_status == 0);
    CHECK(scene.registry.requests ==
          std::vector<Request>{{Verb::follow, ::getpid()}, {Verb::remove, ::getpid()}});
    // Quicker at the end, so that nobody waits for the last records.
    CHECK(scene.source.intervals == std::vector<nanoseconds>{50ms, 10ms});
}

TEST_CASE("run inside a followed process does not end that registration")
{
    Scene scene;
    scene.registry.errors[{Verb::follow, ::getpid()}] = EEXIST;
    REQUIRE(scene.run({"true"}));
    CHECK(scene.registry.requests.size() == 1);
}

TEST_CASE("run that may not register runs nothing")
{
    Scene scene;
    scene.registry.errors[{Verb::follow, ::getpid()}] = ENOSPC;
    const auto end = scene.run({"true"});
    REQUIRE_FALSE(end);
    CHECK(end.error().message.find("cannot register process") != std::string::npos);
}

TEST_CASE("run without following registers the child alone, before it runs")
{
    Scene scene;
    const auto end = scene.run({"true"}, false);
    REQUIRE(end);
    REQUIRE(scene.registry.requests.size() == 1);
    CHECK(scene.registry.requests[0].verb == Verb::add);
    CHECK(scene.registry.requests[0].pid != ::getpid());
    CHECK_FALSE(end->summary.followed);
}

TEST_CASE("run has the command's own exit status")
{
    CHECK(Scene().run({"sh", "-c", "exit 7"})->exit_status == 7);
    CHECK(Scene().run({"sh", "-c", "kill -KILL $$"})->exit_status == 128 + 9);
}

TEST_CASE("run tells a command that is not there from one that cannot be run")
{
    const auto missing = Scene().run({"no-such-command-here"});
    CHECK(missing->exit_status == 127);
    CHECK(missing->exec_error == ENOENT);
    const auto folder = Scene().run({"/"});
    CHECK(folder->exit_status == 126);
    CHECK(folder->exec_error == EACCES);
}

TEST_CASE("run counts the records that come after the command has ended")
{
    Scene scene;
    scene.records = {record_of_child(4242, whole_life)};
    const auto end = scene.run({"true"});
    REQUIRE(end);
    CHECK(end->summary.processes == 1);
    CHECK(end->summary.exited.minor_faults == 77);
    CHECK(end->summary.running.empty());
}

TEST_CASE("run names what outlives the command, and ends its registration")
{
    Scene scene;
    scene.records = {record_of_child(4242, born)};
    const auto end = scene.run({"true"});
    REQUIRE(end);
    REQUIRE(end->summary.running.size() == 1);
    CHECK(end->summary.running[0].pid == 4242);
    CHECK(scene.registry.requests.back() == Request{Verb::remove, 4242});
    CHECK(end->summary.total.minor_faults == 77);
}

TEST_CASE("run forwards SIGTERM to the command")
{
    Scene scene;
    bool sent = false;
    const auto next = scene.source.on_wait;
    scene.source.on_wait = [&] {
        if (!std::exchange(sent, true)) {
            ::raise(SIGTERM);
        }
        next();
    };
    const auto end = scene.run({"sleep", "100"});
    REQUIRE(end);
    CHECK(end->exit_status == 128 + SIGTERM);
}
