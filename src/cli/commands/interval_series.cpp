// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/interval_series.hpp"

#include <algorithm>
#include <utility>

namespace mp3prof
{

namespace
{

// Each registered process has a record at least every second.
constexpr nanoseconds longest_silence = std::chrono::seconds(3);
constexpr nanoseconds between_expiries = std::chrono::seconds(1);

nanoseconds time_of(const Batch& batch)
{
    return batch.figures.tasks == 0 ? batch.now : batch.figures.last_tick;
}

} // namespace

IntervalSeries::IntervalSeries(nanoseconds interval, Formatter& formatter, Sink& sink,
                               Offset offset)
    : grid_(interval), table_(formatter.rows()), formatter_(&formatter), sink_(&sink),
      offset_(std::move(offset))
{
}

Result<bool> IntervalSeries::begin(const Batch& past)
{
    table_.begin();
    const Figures& figures = past.figures;
    last_tick_count_ = figures.ticks;
    if (figures.tasks > 0) {
        // An older tick is from before the sampler's last rest.
        begin_grid(std::max(figures.last_tick, past.now - figures.interval));
    }
    formatter_->begin(sink_->stream());
    return sink_->flush();
}

void IntervalSeries::begin_grid(nanoseconds begin)
{
    grid_.begin(begin);
    last_end_ = begin;
}

void IntervalSeries::begin_with_records(const Batch& batch)
{
    nanoseconds begin = time_of(batch) - batch.figures.interval;
    for (const Sample& sample : batch.samples) {
        begin = std::min(begin, sample.time);
    }
    begin_grid(begin);
}

Result<bool> IntervalSeries::advance(const Batch& batch)
{
    const bool ticked = std::exchange(last_tick_count_, batch.figures.ticks) != batch.figures.ticks;
    resting_ = batch.figures.tasks == 0;
    if (!grid_.begun() && (table_.pending() || (ticked && !table_.empty()))) {
        begin_with_records(batch);
    }
    const nanoseconds now = time_of(batch);
    if (!grid_.begun() || !grid_.reached(now, batch.figures.interval)) {
        return true;
    }
    return print(now, batch.figures.interval);
}

Result<bool> IntervalSeries::finish(const Batch& batch)
{
    if (!table_.pending()) {
        return true;
    }
    if (!grid_.begun()) {
        begin_with_records(batch);
    }
    nanoseconds end = std::max(time_of(batch), last_end_);
    for (const Sample& sample : batch.samples) {
        end = std::max(end, sample.time);
    }
    return print(end, batch.figures.interval);
}

Result<bool> IntervalSeries::print(nanoseconds end, nanoseconds period)
{
    if (end - last_expiry_ >= between_expiries) {
        table_.expire(end - std::max(longest_silence, 4 * period));
        last_expiry_ = end;
    }
    const Interval interval = table_.close(end, end - last_end_);
    last_end_ = end;
    ++printed_;
    formatter_->write(sink_->stream(), interval, offset_());
    if (resting_ && table_.empty()) {
        grid_.stop(); // until something is registered again
    }
    return sink_->flush();
}

std::optional<nanoseconds> IntervalSeries::deadline() const
{
    if (resting_ && grid_.begun()) {
        return grid_.next();
    }
    return std::nullopt;
}

nanoseconds IntervalSeries::quiet_until(nanoseconds period) const
{
    return resting_ || !grid_.begun() ? nanoseconds{} : grid_.first_end(period);
}

} // namespace mp3prof
