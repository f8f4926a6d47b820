// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/record_session.hpp"
#include "fakes.hpp"
#include "recordings.hpp"

#include <cerrno>
#include <filesystem>
#include <sstream>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

using Children = ProcessTree::Children;

struct Scene {
    TemporaryFolder folder;
    std::string path = folder.path("a.rec");
    FakeSource source;
    FakeRegistry registry;
    RecordPlan plan;
    StopRequest stop;
    std::ostringstream words;
    std::uint64_t ticks = 1;

    // A tick after 50 ms more, with the samples of all the test's processes.
    Batch tick(std::vector<Sample> samples, std::uint64_t missed = 0)
    {
        Batch batch;
        batch.now = 1s + ticks * 50ms;
        batch.samples = kept(std::move(samples));
        batch.missed = missed;
        batch.figures = {.ticks = ticks++, .last_tick = batch.now, .interval = 50ms, .tasks = 1};
        return batch;
    }

    Status run()
    {
        std::optional<ProcessTree> tree;
        if (!plan.pids.empty()) {
            tree = ProcessTree::of(plan.pids, plan.children);
        }
        RecordingSink sink(path, header_for_tests(), std::move(tree));
        TRY(record_registered(source, registry, plan, sink, stop, words));
        return sink.complete({.time = 9s}, std::nullopt);
    }

    std::vector<RecordingEntry> entries() const
    {
        Result<RecordingReader> reader = RecordingReader::open(path);
        REQUIRE(reader);
        std::vector<RecordingEntry> all = entries_of(*reader);
        CHECK(reader->complete());
        return all;
    }

    // "pid+faults" of the samples; b before those of before, ! for a gap.
    std::string brief() const
    {
        std::string text;
        for (const RecordingEntry& entry : entries()) {
            if (const auto* sample = std::get_if<Sample>(&entry)) {
                text += fmt::format(" {}+{}", sample->pid, sample->minor_faults);
            } else if (const auto* known = std::get_if<KnownBefore>(&entry)) {
                text += fmt::format(" b{}+{}", known->sample.pid, known->sample.minor_faults);
            } else if (const auto* gap = std::get_if<Gap>(&entry)) {
                text += fmt::format(" !{}", gap->missed);
            }
        }
        return text;
    }
};

Sample child_of(pid_t parent, pid_t pid, std::uint64_t faults, Stage stage = born)
{
    Sample sample = sample_of(pid, 1s, faults, stage);
    sample.ppid = parent;
    return sample;
}

} // namespace

TEST_CASE("without PIDs all that is registered is recorded, with what was known before")
{
    Scene scene;
    scene.plan.duration = 100ms;
    scene.source.past = {scene.tick({sample_of(1, 1s, 5), sample_of(1, 1s, 6),
                                     sample_of(2, 1s, 9, exited), sample_of(3, 1s, 7)})};
    scene.source.batches = {scene.tick({sample_of(1, 1s, 8)}),
                            scene.tick({sample_of(1, 1s, 9), sample_of(4, 1s, 1, first)}, 12),
                            scene.tick({})};
    REQUIRE(scene.run());
    CHECK(scene.brief() == " b1+6 b3+7 1+8 !12 1+9 4+1");
    CHECK(scene.registry.requests.empty());
    CHECK(scene.words.str() == "mp3prof: overrun: 12 records missed (the totals of processes that "
                               "run on are not affected)\n");
}

TEST_CASE("a PID is registered for the recording, and recorded until it ends")
{
    Scene scene;
    scene.plan.pids = {7};
    scene.source.past = {scene.tick({sample_of(8, 1s, 5)})};
    scene.source.batches = {scene.tick({sample_of(7, 1s, 0, first), sample_of(8, 1s, 6)}),
                            scene.tick({sample_of(7, 1s, 3, exited), sample_of(8, 1s, 7)})};
    REQUIRE(scene.run());
    CHECK(scene.brief() == " 7+0 7+3");
    CHECK(scene.registry.requests == std::vector<Request>{{Verb::add, 7}, {Verb::remove, 7}});
}

TEST_CASE("a registration of somebody else is not ended")
{
    Scene scene;
    scene.plan.pids = {7};
    scene.plan.duration = 50ms;
    scene.registry.errors[{Verb::add, 7}] = EEXIST;
    scene.source.past = {scene.tick({sample_of(7, 1s, 5)})};
    scene.source.batches = {scene.tick({sample_of(7, 1s, 6)})};
    REQUIRE(scene.run());
    CHECK(scene.brief() == " b7+5 7+6");
    CHECK(scene.registry.requests == std::vector<Request>{{Verb::add, 7}});
}

TEST_CASE("with children, theirs are recorded and their registrations ended, too")
{
    Scene scene;
    scene.plan.pids = {7};
    scene.plan.children = Children::followed;
    scene.plan.duration = 50ms;
    scene.source.past = {scene.tick({})};
    scene.source.batches = {
        scene.tick({sample_of(7, 1s, 1, first), child_of(7, 8, 2)}),
        // The last records, and a child forked meanwhile.
        scene.tick({sample_of(7, 1s, 3, final), child_of(7, 8, 4, final), child_of(8, 9, 5)}),
        scene.tick({child_of(8, 9, 6, final)})};
    REQUIRE(scene.run());
    CHECK(scene.brief() == " 7+1 8+2 7+3 8+4 9+5 9+6");
    CHECK(scene.registry.requests == std::vector<Request>{{Verb::add, 7},
                                                          {Verb::follow, 7},
                                                          {Verb::remove, 7},
                                                          {Verb::remove, 8},
                                                          {Verb::remove, 9},
                                                          {Verb::remove, 7}});
}

TEST_CASE("a PID that cannot be registered leaves no file, and no registration")
{
    Scene scene;
    scene.plan.pids = {7, 8};
    scene.registry.errors[{Verb::add, 8}] = ESRCH;
    scene.source.past = {scene.tick({})};
    const Status status = scene.run();
    REQUIRE_FALSE(status);
    CHECK(status.error().message.find("cannot register process 8") != std::string::npos);
    CHECK(scene.registry.requests.back() == Request{Verb::remove, 7});
    CHECK_FALSE(std::filesystem::exists(scene.path));
}

TEST_CASE("the sampler's figures are recorded where they change")
{
    Scene scene;
    scene.plan.duration = 150ms;
    scene.source.past = {scene.tick({})};
    scene.source.batches = {scene.tick({}), scene.tick({}), scene.tick({})};
    scene.source.batches[1].figures.throttled_ticks = 3;
    scene.source.batches[2].figures.throttled_ticks = 3;
    REQUIRE(scene.run());
    std::vector<std::pair<RecordedFigures::Moment, std::uint64_t>> figures;
    for (const RecordingEntry& entry : scene.entries()) {
        if (const auto* recorded = std::get_if<RecordedFigures>(&entry)) {
            figures.emplace_back(recorded->moment, recorded->figures.throttled_ticks);
        }
    }
    using Moment = RecordedFigures::Moment;
    CHECK(figures ==
          decltype(figures){{Moment::begin, 0}, {Moment::meanwhile, 3}, {Moment::end, 3}});
}

TEST_CASE("what was recorded is in the file half a second later, whatever comes then")
{
    const TemporaryFolder folder;
    RecordingSink sink(folder.path("a.rec"), header_for_tests());
    Batch batch;
    batch.now = 1s;
    REQUIRE(sink.begin(batch));
    for (int tick = 1; tick <= 12; ++tick) {
        batch.now = 1s + tick * 50ms;
        const Sample sample = sample_of(1, batch.now, 1);
        sink.add({&sample, 1});
        REQUIRE(sink.advance(batch));
    }
    Result<RecordingReader> reader = RecordingReader::open(folder.path("a.rec"));
    REQUIRE(reader);
    CHECK(entries_of(*reader).size() >= 11); // the figures, and ten ticks
    CHECK_FALSE(reader->complete());
}
