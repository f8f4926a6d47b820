// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/interval_series.hpp"
#include "commands/run_session.hpp"
#include "fakes.hpp"
#include "samples.hpp"
#include "sys/clock.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>

#include <sys/wait.h>
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
        signals->catch_these({SIGCHLD}, Repeat::always);
        signals->catch_these(forwarded_signals, Repeat::always);
        source.past = {tick({})};
        source.on_wait = [this] {
            source.batches.clear();
            source.batches.push_back(tick(ticks == 13 ? records : std::vector<Sample>{}));
            ::usleep(10'000);
        };
    }

    // Does it in the wait of the tick with this number, or in the first.
    void send_once(std::function<void()> send, std::uint64_t at = 0)
    {
        source.on_wait = [this, send, at, next = source.on_wait, sent = false]() mutable {
            if (ticks >= at && !std::exchange(sent, true)) {
                send();
            }
            next();
        };
    }

    Batch tick(std::vector<Sample> samples)
    {
        Batch batch;
        batch.samples = kept(std::move(samples));
        batch.figures.ticks = ticks++;
        batch.figures.tasks = 1;
        batch.figures.sampling = batch.figures.ticks * 1ms;
        batch.figures.interval = 50ms;
        batch.now = monotonic_now();
        return batch;
    }

    Result<RunEnd> run(std::vector<std::string> command, bool follow = true,
                       IntervalSeries* series = nullptr)
    {
        const RunPlan plan{.command = std::move(command), .interval = 50ms, .follow = follow};
        return run_profiled(plan, source, registry, *signals, series);
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
    CHECK(scene.registry.requests == std::vector<Request>{{Verb::add, ::getpid()},
                                                          {Verb::follow, ::getpid()},
                                                          {Verb::remove, ::getpid()}});
    // Quicker at the end, so that nobody waits for the last records.
    CHECK(scene.source.intervals == std::vector<nanoseconds>{50ms, 10ms});
}

TEST_CASE("run inside a followed process does not end that registration")
{
    Scene scene;
    const std::vector<Request> nothing_removed = {{Verb::add, ::getpid()},
                                                  {Verb::follow, ::getpid()}};
    scene.registry.errors[{Verb::add, ::getpid()}] = EEXIST;
    SUBCASE("followed")
    {
        scene.registry.errors[{Verb::follow, ::getpid()}] = EEXIST;
    }
    SUBCASE("registered alone: follow upgrades it, without an error") {}
    REQUIRE(scene.run({"true"}));
    CHECK(scene.registry.requests == nothing_removed);
}

TEST_CASE("run that is registered but may not follow ends its registration")
{
    Scene scene;
    scene.registry.errors[{Verb::follow, ::getpid()}] = EPERM;
    REQUIRE_FALSE(scene.run({"true"}));
    CHECK(scene.registry.requests.back() == Request{Verb::remove, ::getpid()});
}

TEST_CASE("run that may not register runs nothing")
{
    Scene scene;
    scene.registry.errors[{Verb::add, ::getpid()}] = ENOSPC;
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

TEST_CASE("run ends the registration of what a daemon has forked meanwhile, too")
{
    Scene scene;
    scene.records = {record_of_child(4242, born)};
    const auto next = scene.source.on_wait;
    scene.source.on_wait = [&, forked = false]() mutable {
        next();
        if (!forked && scene.registry.requests.back() == Request{Verb::remove, 4242}) {
            forked = true;
            Sample child = record_of_child(4243, born);
            child.ppid = 4242;
            scene.source.batches.front().samples = kept({child});
        }
    };
    const auto end = scene.run({"true"});
    REQUIRE(end);
    CHECK(end->summary.running.size() == 2);
    CHECK(scene.registry.requests.back() == Request{Verb::remove, 4243});
}

TEST_CASE("run forwards a signal that a process has sent")
{
    for (const int signal : {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2}) {
        Scene scene;
        scene.send_once([signal] { ::raise(signal); });
        const auto end = scene.run({"sleep", "100"});
        REQUIRE(end);
        CHECK(end->exit_status == 128 + signal);
    }
}

TEST_CASE("run whose output fails goes on, forwards, ends registrations, and says so")
{
    Scene scene;
    scene.records = {record_of_child(4242, born)};
    FakeSink sink;
    sink.full_after = 1; // what stands before the rows
    const auto formatter = make_formatter(Format::csv, {});
    IntervalSeries series(50ms, *formatter, sink, [] { return 0ns; });
    scene.send_once([] { ::raise(SIGTERM); }, 16);
    const auto end = scene.run({"sleep", "100"}, true, &series);
    REQUIRE(end);
    CHECK(sink.flushes > 1);
    CHECK(end->exit_status == 128 + SIGTERM);
    REQUIRE(end->failure);
    CHECK(end->failure->message == "cannot write the test: no space left");
    CHECK(end->summary.total.minor_faults == 77);
    CHECK(scene.registry.requests.back() == Request{Verb::remove, 4242});
}

TEST_CASE("run whose source fails still forwards to the command")
{
    Scene scene;
    scene.source.on_wait = [] { ::raise(SIGTERM); }; // and no batch
    const auto end = scene.run({"sleep", "100"});
    REQUIRE(end);
    CHECK(end->exit_status == 128 + SIGTERM);
    REQUIRE(end->failure);
    CHECK(end->failure->message == "the test has no more batches");
    CHECK(end->summary.after->ticks == end->summary.before.ticks);
    CHECK(end->summary.after->sampling == end->summary.before.sampling);
}

TEST_CASE("the sampler's figures are of the command's time, without what follows it")
{
    Scene scene;
    std::uint64_t ticks_at_end = 0;
    const auto next = scene.source.on_wait;
    scene.source.on_wait = [&] {
        next();
        if (scene.source.intervals.size() == 1) { // quicker ticks are after the end
            ticks_at_end = scene.ticks - 1;
        }
    };
    const auto end = scene.run({"sleep", "0.05"});
    REQUIRE(end);
    CHECK(end->summary.after->ticks == ticks_at_end);
    CHECK(end->summary.after->sampling == ticks_at_end * 1ms);
    CHECK(scene.ticks - 1 > ticks_at_end);
}
