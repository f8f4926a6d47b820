// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/run_session.hpp"
#include "device/proc_source.hpp"
#include "fake_proc.hpp"
#include "samples.hpp"
#include "sys/clock.hpp"

#include <doctest/doctest.h>

#include <sys/eventfd.h>
#include <unistd.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

constexpr pid_t pid = 5'000'001;

struct Scene {
    FakeProc proc;
    std::unique_ptr<ProcWatch> watch = proc.watch();
    ProcSource source{*watch};

    Scene()
    {
        proc.set({.pid = pid});
        REQUIRE(source.set_interval(10ms));
    }
};

} // namespace

TEST_CASE("the shortest interval of /proc is 10 ms")
{
    Scene scene;
    const Status status = scene.source.set_interval(9'999'999ns);
    REQUIRE_FALSE(status);
    CHECK(status.error().message.find("the shortest interval of /proc is 10ms") !=
          std::string::npos);
    CHECK(scene.source.info().min_interval == 10ms);
}

TEST_CASE("an interval beyond the longest tick is put together from ticks")
{
    Scene scene;
    REQUIRE(scene.source.set_interval(3s));
    CHECK(scene.source.drain()->figures.interval == 1s);
}

TEST_CASE("the source says what it cannot know")
{
    const Knows& knows = Scene().source.info().knows;
    CHECK_FALSE(knows.switches);
    CHECK_FALSE(knows.throttling);
    CHECK_FALSE(knows.short_lives);
}

TEST_CASE("ticks fall on a grid, those that could not be held are counted")
{
    Scene scene;
    REQUIRE(scene.watch->apply({Verb::add, pid}));
    const auto one = scene.source.wait({}, -1);
    REQUIRE(one);
    CHECK(one->figures.ticks == 1);
    CHECK(one->figures.tasks == 1);
    REQUIRE(one->samples.size() == 1);
    CHECK(one->samples[0].time == one->figures.last_tick);
    const nanoseconds before = one->figures.last_tick;
    const std::uint64_t missed = one->figures.missed_ticks;
    ::usleep(55'000);
    const auto two = scene.source.wait({}, -1);
    REQUIRE(two);
    CHECK(two->figures.ticks == 2);
    CHECK(two->figures.missed_ticks >= missed + 3);
    CHECK(two->figures.last_tick >= before + 50ms);
}

TEST_CASE("the first interval begins with the registration")
{
    Scene scene;
    CHECK(scene.source.drain()->figures.last_tick == 0ns);
    const nanoseconds before = monotonic_now();
    REQUIRE(scene.watch->apply({Verb::add, pid}));
    const auto batch = scene.source.drain();
    CHECK(batch->figures.last_tick >= before);
    CHECK(batch->figures.ticks == 0);
}

TEST_CASE("nothing ticks while nothing is registered")
{
    Scene scene;
    const nanoseconds deadline = monotonic_now() + 35ms;
    const auto batch = scene.source.wait({.deadline = deadline}, -1);
    REQUIRE(batch);
    CHECK(batch->figures.ticks == 0);
    CHECK(batch->figures.tasks == 0);
    CHECK(batch->now >= deadline);
}

TEST_CASE("ticks before the wanted one are kept, not told of")
{
    Scene scene;
    REQUIRE(scene.watch->apply({Verb::add, pid}));
    const nanoseconds until = monotonic_now() + 45ms;
    const auto batch = scene.source.wait({.deadline = {}, .not_before = until}, -1);
    REQUIRE(batch);
    CHECK(batch->figures.last_tick >= until);
    REQUIRE_FALSE(batch->samples.empty());
    CHECK(batch->samples[0].stage.first); // of a tick before
}

TEST_CASE("who is woken sees how things are then, without a tick")
{
    Scene scene;
    REQUIRE(scene.source.set_interval(1s));
    REQUIRE(scene.watch->apply({Verb::add, pid}));
    const UniqueFd event(::eventfd(1, EFD_CLOEXEC));
    const auto batch = scene.source.wait({}, event.get());
    REQUIRE(batch);
    CHECK(batch->woken);
    CHECK(batch->figures.ticks == 0);
    CHECK(batch->samples.size() == 1);
}

TEST_CASE("a drain looks at nothing, a look does")
{
    Scene scene;
    REQUIRE(scene.watch->apply({Verb::add, pid}));
    CHECK(scene.source.drain()->samples.empty());
    REQUIRE(scene.source.look());
    CHECK(scene.source.drain()->samples.size() == 1);
    CHECK(scene.source.drain()->samples.empty());
    CHECK(scene.source.drain()->published == 1);
}

TEST_CASE("a run by /proc has the command's own counts to the last fault")
{
    const auto watch = *ProcWatch::open();
    ProcSource source(*watch);
    Result<Signals> signals = Signals::make();
    signals->catch_these({SIGCHLD}, Repeat::always);
    const RunPlan plan{.command = {"true"}};
    const auto end = run_profiled(plan, source, *watch, *signals, nullptr);
    REQUIRE(end);
    CHECK(end->exit_status == 0);
    CHECK(end->summary.processes == 1);
    CHECK(end->summary.exited.minor_faults == end->summary.charged.minor_faults);
    CHECK_FALSE(end->summary.knows.short_lives);
    CHECK(watch->size() == 0);
}
