// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/timeline_builder.hpp"

#include "rates/usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mp3prof
{

namespace
{

bool is_known(const RecordingHeader& header, std::string_view column)
{
    return std::ranges::find(header.unknown, column) == header.unknown.end();
}

Timeline blank_of(const RecordingHeader& header, std::string file)
{
    return {.file = std::move(file),
            .command = fmt::format("{}", fmt::join(header.command, " ")),
            .host = header.host,
            .kernel = header.kernel,
            .cpus = header.cpus,
            .since_1970 = header.clock_offset == nanoseconds::zero()
                              ? nanoseconds::zero()
                              : header.begin + header.clock_offset,
            .interval = header.interval,
            .length = {},
            .memory_known = is_known(header, "swap_bytes"),
            .traces = {},
            .blanks = {}};
}

} // namespace

void TimelineBuilder::add(const ProcessKey& key, std::string_view name, const Step& step,
                          bool exited, std::optional<nanoseconds> start)
{
    const auto [at, is_new] = traces_.try_emplace(key);
    Trace& trace = at->second;
    if (is_new) {
        trace.pid = key.pid;
        if (start) {
            trace.starts.push_back(*start);
        }
    }
    trace.name = name;
    trace.steps.push_back(step);
    trace.lives = !exited;
    if (exited) {
        trace.exits.push_back(step.end);
    }
}

Timeline TimelineBuilder::finish(nanoseconds length)
{
    timeline_.length = length;
    for (auto& [key, trace] : traces_) {
        timeline_.traces.push_back(std::move(trace));
    }
    traces_.clear();
    return std::move(timeline_);
}

RecordedTimeline::RecordedTimeline(const RecordingHeader& header, std::string file)
    : builder_(blank_of(header, std::move(file))), processes_known_(is_known(header, "pid")),
      begin_(header.begin), period_(std::max(header.interval, nanoseconds(1)))
{
}

nanoseconds RecordedTimeline::since_begin(nanoseconds time) const
{
    return std::max(time - begin_, nanoseconds::zero());
}

void RecordedTimeline::take(const RecordingEntry& entry)
{
    std::visit([this](const auto& which) { take(which); }, entry);
}

// What has no record in a tick has not changed. So where there was none for
// longer than between ticks, nothing happened; unless records were lost.
void RecordedTimeline::begin_tick(nanoseconds time)
{
    const nanoseconds before = std::exchange(tick_, time);
    tick_begin_ = before;
    if (missed_ > 0) {
        builder_.add_blank({.begin = before, .end = time, .missed = std::exchange(missed_, 0)});
    } else if (time - before > period_ * 3 / 2) {
        tick_begin_ = time - period_;
    }
}

void RecordedTimeline::take(const Sample& sample)
{
    const nanoseconds time = since_begin(sample.time);
    if (time > tick_ || missed_ > 0) {
        begin_tick(time);
    }
    Step step{.begin = std::min(tick_begin_, time),
              .end = time,
              .rss_bytes = sample.rss_bytes,
              .swap_bytes = sample.swap_bytes};
    const auto [at, is_new] = last_of_.try_emplace(sample.key(), sample);
    Sample& before = at->second;
    if (is_new && !sample.stage.first) {
        before = sample; // in mid-life: it counts from here
    } else if (is_new || sample.stage.first || goes_back(sample, before)) {
        before = Sample{};
    }
    step.minor_faults = sample.minor_faults - before.minor_faults;
    step.major_faults = sample.major_faults - before.major_faults;
    step.cpu_ns = sample.cpu_ns - before.cpu_ns;
    before = sample;
    const bool born_here = processes_known_ && sample.start >= begin_;
    builder_.add(sample.key(), sample.comm, step, sample.stage.exited,
                 born_here ? std::optional(since_begin(sample.start)) : std::nullopt);
    length_ = std::max(length_, time);
}

void RecordedTimeline::take(const Gap& gap)
{
    missed_ += std::max<std::uint64_t>(gap.missed, 1);
}

void RecordedTimeline::take(const RecordedFigures& figures)
{
    if (figures.figures.interval > nanoseconds::zero()) {
        period_ = figures.figures.interval;
    }
}

void RecordedTimeline::take(const RecordingEnd& end)
{
    length_ = std::max(length_, since_begin(end.time));
}

} // namespace mp3prof
