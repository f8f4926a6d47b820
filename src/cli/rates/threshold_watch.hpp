// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/charged.hpp"
#include "rates/interval_grid.hpp"
#include "rates/process_table.hpp"
#include "rates/threshold.hpp"

#include <optional>
#include <vector>

namespace mp3prof
{

// A threshold that has held.
struct Violation {
    Threshold threshold;
    nanoseconds at{}; // since the command began
    double value = 0; // then
    double most = 0;  // the largest one of all
};

// Holds what a command uses against thresholds, while it runs. Totals and levels
// are judged at every tick, rates over whole intervals: one that is cut short
// counts as whole, so a burst at the end is not taken for more than it was. At the
// end, what the command was charged is judged, too.
class ThresholdWatch
{
public:
    ThresholdWatch(const std::vector<Threshold>& thresholds, nanoseconds interval);

    // The command begins.
    void begin(nanoseconds at);

    // `period` is the time between ticks now.
    void add(const Sample& sample, nanoseconds period);
    // The records up to the tick at `now` were added. `processes`: how many the
    // command has had.
    void advance(nanoseconds now, nanoseconds period, std::size_t processes);
    // The command has ended; records of its last moments may follow.
    void command_ended(nanoseconds at) { end_ = at; }
    // All is added. A source may not have seen all of what was charged.
    void finish(std::size_t processes, const Charged& charged);

    // Of the thresholds that have held, in the order of the thresholds.
    [[nodiscard]] std::vector<Violation> violations() const;

private:
    struct Watched {
        Threshold threshold;
        std::optional<nanoseconds> since; // it holds without a break from here on
        std::optional<Violation> violation;
        double most = 0;
    };
    enum class Moment { tick, end_of_interval };
    // What there is to judge.
    struct Readings {
        Row sum;
        std::size_t processes = 0;
        nanoseconds elapsed{}; // of sum.delta
        nanoseconds wall{};
    };

    void end_tick();
    void end_interval();
    void judge_charged(const Charged& charged);
    [[nodiscard]] nanoseconds wall() const;
    void judge(Moment moment, nanoseconds from, const Readings& readings);
    [[nodiscard]] static double value_of(const Threshold& threshold, const Readings& readings);

    std::vector<Watched> watched_;
    ProcessTable table_{Rows::only_sum};
    IntervalGrid grid_;
    nanoseconds interval_;
    nanoseconds begin_{};
    std::optional<nanoseconds> end_;
    nanoseconds tick_{};
    nanoseconds period_{};
    nanoseconds interval_begin_{};
    Usage delta_; // in the interval
    std::size_t processes_ = 0;
};

} // namespace mp3prof
