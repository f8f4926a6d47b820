// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/threshold_watch.hpp"

#include <algorithm>

namespace mp3prof
{

namespace
{

double total_of(Metric metric, const Usage& usage)
{
    switch (metric) {
    case Metric::minor_faults:
        return static_cast<double>(usage.minor_faults);
    case Metric::major_faults:
        return static_cast<double>(usage.major_faults);
    case Metric::voluntary_switches:
        return static_cast<double>(usage.voluntary_switches);
    case Metric::involuntary_switches:
        return static_cast<double>(usage.involuntary_switches);
    case Metric::cpu:
        return static_cast<double>(usage.cpu_ns);
    case Metric::user:
        return static_cast<double>(usage.user_ns);
    case Metric::system:
        return static_cast<double>(usage.system_ns());
    default:
        return 0; // not of a usage
    }
}

} // namespace

ThresholdWatch::ThresholdWatch(const std::vector<Threshold>& thresholds, nanoseconds interval)
    : grid_(interval), interval_(interval)
{
    for (const Threshold& threshold : thresholds) {
        watched_.push_back({.threshold = threshold, .since = {}, .violation = {}});
    }
}

void ThresholdWatch::begin(nanoseconds at)
{
    begin_ = tick_ = interval_begin_ = at;
    grid_.begin(at);
}

void ThresholdWatch::add(const Sample& sample, nanoseconds period)
{
    if (table_.pending() && sample.time != tick_) {
        end_tick();
    }
    tick_ = sample.time;
    period_ = period;
    table_.add(sample);
}

void ThresholdWatch::advance(nanoseconds now, nanoseconds period, std::size_t processes)
{
    processes_ = processes;
    if (now > tick_ || table_.pending()) {
        tick_ = std::max(now, tick_);
        period_ = period;
        end_tick();
    }
}

void ThresholdWatch::finish(std::size_t processes, const Charged& charged)
{
    advance(end_.value_or(tick_), period_, processes);
    end_interval();
    judge_charged(charged);
}

std::vector<Violation> ThresholdWatch::violations() const
{
    std::vector<Violation> all;
    for (const Watched& watched : watched_) {
        if (watched.violation) {
            all.push_back(*watched.violation);
            all.back().most = watched.most;
        }
    }
    return all;
}

void ThresholdWatch::end_tick()
{
    const Interval tick = table_.close(tick_, {});
    delta_ += tick.total.delta;
    judge(Moment::tick, tick_,
          {.sum = tick.total, .processes = processes_, .elapsed = {}, .wall = wall()});
    if (grid_.reached(tick_, period_)) {
        end_interval();
    }
}

void ThresholdWatch::end_interval()
{
    Readings readings{.sum = {},
                      .processes = processes_,
                      .elapsed = std::max(tick_ - interval_begin_, interval_),
                      .wall = wall()};
    readings.sum.delta = delta_;
    judge(Moment::end_of_interval, interval_begin_, readings);
    delta_ = {};
    interval_begin_ = tick_;
}

// A process with a thread there was for certain. The rates are those over the
// whole, with one interval more than it took, as the last of them counts as whole:
// no more than in the interval that had the most.
void ThresholdWatch::judge_charged(const Charged& charged)
{
    Readings readings{.sum = {}, .processes = 1, .elapsed = wall() + interval_, .wall = wall()};
    readings.sum.total = readings.sum.delta = charged.usage();
    readings.sum.last.rss_bytes = charged.peak_rss_bytes;
    readings.sum.last.threads = 1;
    judge(Moment::tick, tick_, readings);
    judge(Moment::end_of_interval, tick_, readings);
}

nanoseconds ThresholdWatch::wall() const
{
    return std::max(std::min(tick_, end_.value_or(tick_)) - begin_, nanoseconds{});
}

void ThresholdWatch::judge(Moment moment, nanoseconds from, const Readings& readings)
{
    for (Watched& watched : watched_) {
        const Threshold& threshold = watched.threshold;
        if ((threshold.measure == Measure::rate) != (moment == Moment::end_of_interval)) {
            continue;
        }
        const double value = value_of(threshold, readings);
        watched.most = std::max(watched.most, value);
        if (!threshold.exceeded_by(value)) {
            watched.since.reset();
            continue;
        }
        watched.since = watched.since.value_or(from);
        if (!watched.violation && tick_ - *watched.since >= threshold.hold) {
            watched.violation = Violation{
                .threshold = threshold, .at = readings.wall, .value = value, .most = value};
        }
    }
}

double ThresholdWatch::value_of(const Threshold& threshold, const Readings& readings)
{
    const Sample& levels = readings.sum.last;
    if (threshold.measure == Measure::rate) {
        // Of times it is what percent of one CPU is: nanoseconds in a second / 10^7.
        const double per_second = total_of(threshold.metric, readings.sum.delta) * 1e9 /
                                  static_cast<double>(readings.elapsed.count());
        return threshold.dimension == Dimension::percent ? per_second / 1e7 : per_second;
    }
    switch (threshold.metric) {
    case Metric::rss:
        return static_cast<double>(levels.rss_bytes);
    case Metric::swap:
        return static_cast<double>(levels.swap_bytes);
    case Metric::threads:
        return static_cast<double>(levels.threads);
    case Metric::processes:
        return static_cast<double>(readings.processes);
    case Metric::wall:
        return static_cast<double>(readings.wall.count());
    default:
        return total_of(threshold.metric, readings.sum.total);
    }
}

} // namespace mp3prof
