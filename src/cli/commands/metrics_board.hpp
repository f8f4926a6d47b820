// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/monitor_loop.hpp"
#include "device/source.hpp"
#include "format/openmetrics.hpp"
#include "sys/output.hpp"

#include <mutex>
#include <ostream>
#include <string>

namespace mp3prof
{

// The metrics as of now. The loop that samples puts them up; any thread reads
// them, and keeps that loop waiting no longer than copying the groups takes.
class MetricsBoard
{
public:
    MetricsBoard(GroupRules rules, std::size_t most_groups, const Knows& knows);

    void note(const Batch& batch);
    void add(const Interval& interval);

    [[nodiscard]] std::string text() const;

private:
    const Knows knows_;
    mutable std::mutex mutex_; // protects all below
    GroupTable table_;
    Figures sampler_;
    std::uint64_t missed_records_ = 0;
};

// What goes to the sink of monitor_metrics(): nothing, or all metrics with each
// interval; a file that others read is to have them before the first, too.
enum class Publish { nothing, each_interval, from_the_start };

// Keeps the board up to date, as monitor_stream() prints intervals.
[[nodiscard]] Status monitor_metrics(Source& source, const MonitorPlan& plan, MetricsBoard& board,
                                     Sink& sink, Publish publish, const StopRequest& stop,
                                     std::ostream& words);

} // namespace mp3prof
