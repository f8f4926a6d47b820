// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/repeat.hpp"
#include "fakes.hpp"
#include "sys/clock.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <csignal>

#include <unistd.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

// The commands are real ones; nothing is recorded of them.
struct Scene {
    FakeSource source;
    FakeRegistry registry;
    Result<Signals> signals = Signals::make();
    TemporaryFolder folder;
    std::vector<std::uint64_t> told;
    std::uint64_t ticks = 0;

    Scene()
    {
        signals->catch_these({SIGCHLD}, Repeat::always);
        signals->catch_these(forwarded_signals, Repeat::always);
        source.on_wait = [this] {
            Batch batch;
            batch.figures.ticks = ++ticks;
            batch.figures.tasks = 1;
            batch.now = monotonic_now();
            source.batches = {batch};
            ::usleep(5'000);
        };
    }

    Result<RepeatedRuns> run(const std::string& script, const Repetition& repetition)
    {
        const RunPlan plan{.command = {"sh", "-c", "cd " + folder.path() + "; " + script}};
        return run_repeated(plan, repetition, source, registry, *signals,
                            [this](const RunRow& row, const RunEnd&) -> Status {
                                told.push_back(row.number);
                                return {};
                            });
    }
};

} // namespace

TEST_CASE("a command is run as often as told, warm-ups uncounted")
{
    Scene scene;
    const auto runs = scene.run("echo ran >> ran", {.runs = 3, .warmup = 2});
    REQUIRE(runs);
    CHECK(scene.folder.read("ran") == "ran\nran\nran\nran\nran\n");
    CHECK(runs->rows.size() == 3);
    CHECK(runs->exit_status == 0);
    CHECK(scene.told == std::vector<std::uint64_t>{1, 2, 3});
    CHECK(runs->rows[0].figures.wall_s > 0);
    CHECK(runs->rows[0].figures.peak_rss_bytes > 0);
}

TEST_CASE("the exit status is that of the first run that failed")
{
    Scene scene;
    scene.folder.write("statuses", "0\n3\n4\n");
    const auto runs =
        scene.run("read -r s < statuses; sed -i 1d statuses; exit $s", {.runs = 3, .warmup = 0});
    REQUIRE(runs);
    CHECK(runs->exit_status == 3);
    CHECK(runs->rows[1].exit_status == 3);
    CHECK(runs->rows[2].exit_status == 4);
}

TEST_CASE("a command that was interrupted is not run again")
{
    Scene scene;
    const auto runs = scene.run("kill -INT $$", {.runs = 3, .warmup = 0});
    REQUIRE(runs);
    CHECK(runs->stopped);
    CHECK(runs->rows.empty());
    CHECK(runs->exit_status == 128 + SIGINT);
}
