// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/metrics_board.hpp"
#include "fakes.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <thread>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Batch batch_of(std::uint64_t ticks, std::vector<Sample> samples, std::uint32_t tasks = 1)
{
    Batch batch;
    batch.samples = kept(std::move(samples));
    batch.figures.ticks = ticks;
    batch.figures.last_tick = 50ms * ticks;
    batch.figures.interval = 50ms;
    batch.figures.tasks = tasks;
    batch.now = batch.figures.last_tick + 100us;
    return batch;
}

Sample at_tick(std::uint64_t tick, std::uint64_t faults, Stage stage = {})
{
    return sample_of(1, 50ms * tick, faults, stage);
}

struct Scene {
    FakeSource source;
    FakeSink sink;
    MetricsBoard board{{}, 100, {}};
    std::ostringstream words;
    MonitorPlan plan{.interval = 50ms, .duration = {}, .count = 2, .pids = {}};

    Scene()
    {
        source.past = {batch_of(20, {at_tick(20, 100, first)})};
        source.batches = {batch_of(21, {at_tick(21, 107)}),
                          batch_of(22, {at_tick(22, 110, exited)})};
        source.batches.back().missed = 5;
    }
    Status run(Publish publish)
    {
        return monitor_metrics(source, plan, board, sink, publish, {}, words);
    }
    std::size_t texts() const
    {
        const std::string text = sink.text.str();
        std::size_t count = 0;
        for (std::size_t at = 0; (at = text.find("# EOF\n", at)) != std::string::npos; ++at) {
            ++count;
        }
        return count;
    }
};

} // namespace

TEST_CASE("the board has what was used since it was begun, and what the source says of itself")
{
    Scene scene;
    REQUIRE(scene.run(Publish::nothing));
    const std::string text = scene.board.text();
    CHECK(text.find("mp3prof_minor_faults_total{group=\"p1\"} 10\n") != std::string::npos);
    CHECK(text.find("mp3prof_processes{group=\"p1\"} 0\n") != std::string::npos);
    CHECK(text.find("mp3prof_sampler_ticks_total 22\n") != std::string::npos);
    CHECK(text.find("mp3prof_records_missed_total 5\n") != std::string::npos);
    CHECK(scene.sink.text.str().empty());
}

TEST_CASE("metrics are published with each interval, in a file from the start")
{
    Scene scene;
    SUBCASE("in a stream")
    {
        REQUIRE(scene.run(Publish::each_interval));
        CHECK(scene.texts() == 2);
    }
    SUBCASE("in a file")
    {
        REQUIRE(scene.run(Publish::from_the_start));
        CHECK(scene.texts() == 3);
    }
    CHECK(scene.sink.text.str().find("mp3prof_minor_faults_total{group=\"p1\"} 7\n") !=
          std::string::npos);
}

TEST_CASE("what cannot be published ends the monitor with the reason")
{
    Scene scene;
    scene.sink.full_after = 1;
    const Status status = scene.run(Publish::each_interval);
    REQUIRE_FALSE(status);
    CHECK(status.error().message == "cannot write the test: no space left");
}

TEST_CASE("readers in other threads get whole texts while the board changes")
{
    MetricsBoard board({}, 100, {});
    std::jthread writer([&board] {
        ProcessTable table(Rows::each);
        for (std::uint64_t tick = 1; tick <= 300; ++tick) {
            table.add(at_tick(tick, tick, tick == 1 ? born : Stage{}));
            board.add(table.close(50ms * tick, 50ms));
            board.note(batch_of(tick, {}));
        }
    });
    for (int i = 0; i < 100; ++i) {
        CHECK(board.text().ends_with("# EOF\n"));
    }
    writer.join();
    CHECK(board.text().find("mp3prof_minor_faults_total{group=\"p1\"} 300\n") != std::string::npos);
}
