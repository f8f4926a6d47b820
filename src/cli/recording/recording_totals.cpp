// SPDX-License-Identifier: GPL-2.0-or-later
#include "recording/recording_totals.hpp"

#include <algorithm>

namespace mp3prof
{

RecordingTally::RecordingTally(const RecordingHeader& header)
    : begin_(header.begin), of_command_(!header.command.empty()), latest_(header.begin),
      period_(header.interval), grid_(header.interval), tally_(header.interval)
{
}

void RecordingTally::add(const RecordingEntry& entry)
{
    std::visit([this](const auto& known) { take(known); }, entry);
}

void RecordingTally::note_time(nanoseconds time)
{
    latest_ = std::max(latest_, time);
}

void RecordingTally::begin_tick(nanoseconds time)
{
    if (!grid_.begun()) {
        grid_.begin(time - period_);
    } else if (time > tick_ && grid_.reached(tick_, period_)) {
        ++interval_;
    }
    tick_ = std::max(tick_, time);
}

void RecordingTally::end_interval(Process& process)
{
    if (faults_of(process.in_interval) > faults_of(process.totals.peak)) {
        process.totals.peak = process.in_interval;
    }
    process.in_interval = {};
}

void RecordingTally::take(const Sample& sample)
{
    note_time(sample.time);
    begin_tick(sample.time);
    tally_.add(sample, period_);
    Process& process = processes_[sample.key()];
    if (process.interval != interval_) {
        end_interval(process);
        process.interval = interval_;
    }
    const Sample& last = process.totals.last;
    if (process.known && (sample.stage.first || process.ended || goes_back(sample, last))) {
        process.at = {}; // it was registered again
    }
    const Usage now = usage_of(sample, process.at);
    if (process.known || sample.stage.first || of_command_) {
        const Usage delta = since(now, process.at);
        process.totals.used += delta;
        process.in_interval += delta;
    }
    process.known = true;
    process.ended = sample.stage.final;
    process.at = now;
    process.totals.last = sample;
    process.totals.peak_rss_bytes = std::max(process.totals.peak_rss_bytes, sample.rss_bytes);
}

void RecordingTally::take(const KnownBefore& known)
{
    const Sample& sample = known.sample;
    tally_.know(sample);
    Process& process = processes_[sample.key()];
    process.known = true;
    process.at = usage_of(sample, {});
    process.totals.last = sample;
    process.totals.peak_rss_bytes = sample.rss_bytes;
}

void RecordingTally::take(const Gap& gap)
{
    note_time(gap.time);
    totals_.missed_records += gap.missed;
}

void RecordingTally::take(const RecordedFigures& figures)
{
    using Moment = RecordedFigures::Moment;
    // What no sampler does would only take long to go through.
    constexpr nanoseconds shortest = std::chrono::microseconds(10);
    period_ = std::max(figures.figures.interval, shortest);
    totals_.last = figures.figures;
    if (figures.moment == Moment::begin || !figures_seen_) {
        totals_.before = figures.figures;
    }
    const bool of_end = figures.moment == Moment::command_end || figures.moment == Moment::end;
    if (of_end && !totals_.after) {
        totals_.after = figures.figures;
    }
    figures_seen_ = true;
}

void RecordingTally::take(const RecordingEnd& end)
{
    note_time(end.time);
    totals_.end = end;
}

RecordingTotals RecordingTally::finish()
{
    tally_.finish();
    totals_.used = of_command_ ? tally_.total() : tally_.used();
    totals_.peak = tally_.peak();
    totals_.peak_rss_bytes = tally_.peak_rss_bytes();
    const bool command_ended = totals_.end && totals_.end->of_command;
    totals_.wall =
        command_ended ? totals_.end->wall : std::max(latest_ - begin_, nanoseconds::zero());
    for (auto& [key, process] : processes_) {
        end_interval(process);
        if (process.totals.last.stage.exited) {
            totals_.exited += usage_of(process.totals.last, {});
        }
        totals_.processes.push_back(process.totals);
    }
    std::ranges::stable_sort(totals_.processes, std::ranges::greater{},
                             [](const ProcessTotals& process) { return faults_of(process.used); });
    return std::move(totals_);
}

Result<RecordingTotals> read_totals(RecordingReader& reader)
{
    RecordingTally tally(reader.header());
    for (;;) {
        TRY_ASSIGN(const std::optional<RecordingEntry> entry, reader.next());
        if (!entry) {
            return tally.finish();
        }
        tally.add(*entry);
    }
}

} // namespace mp3prof
