// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "plot/timeline.hpp"
#include "recording/recording.hpp"

#include <map>
#include <optional>

namespace mp3prof
{

// Puts a timeline together from steps, in the order of their ends, or from the
// entries of a recording.
class TimelineBuilder
{
public:
    explicit TimelineBuilder(Timeline blank) : timeline_(std::move(blank)) {}

    // One step of a process. `start` is when that was born, if it is seen here.
    void add(const ProcessKey& key, std::string_view name, const Step& step, bool exited,
             std::optional<nanoseconds> start);
    void add_blank(const Blank& blank) { timeline_.blanks.push_back(blank); }

    [[nodiscard]] Timeline finish(nanoseconds length);

private:
    Timeline timeline_;
    std::map<ProcessKey, Trace> traces_;
};

// From cumulative records to steps.
class RecordedTimeline
{
public:
    RecordedTimeline(const RecordingHeader& header, std::string file);

    void take(const RecordingEntry& entry);
    [[nodiscard]] Timeline finish() { return builder_.finish(length_); }

private:
    void take(const Sample& sample);
    void take(const KnownBefore& known) { last_of_[known.sample.key()] = known.sample; }
    void take(const Gap& gap);
    void take(const RecordedFigures& figures);
    void take(const RecordingEnd& end);
    void begin_tick(nanoseconds time);
    [[nodiscard]] nanoseconds since_begin(nanoseconds time) const;

    TimelineBuilder builder_;
    bool processes_known_; // who they are, and when they were born
    nanoseconds begin_;
    nanoseconds period_; // between ticks
    nanoseconds tick_{}; // this and the next: since the begin
    nanoseconds tick_begin_{};
    nanoseconds length_{};
    std::uint64_t missed_ = 0; // since the last sample
    std::map<ProcessKey, Sample> last_of_;
};

} // namespace mp3prof
