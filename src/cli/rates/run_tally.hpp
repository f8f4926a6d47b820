// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/interval_grid.hpp"
#include "rates/process_table.hpp"

namespace mp3prof
{

// The sums and peaks of a command, over the records of its processes.
class RunTally
{
public:
    // The peak is looked for in steps of `interval`.
    explicit RunTally(nanoseconds interval) : grid_(interval) {}

    // What a process had used before: it does not count. Before add().
    void know(const Sample& sample);

    // `period` is the time between ticks now.
    void add(const Sample& sample, nanoseconds period);
    // Counts the last tick in; nothing is added after it.
    void finish();

    // Since the registrations,
    [[nodiscard]] const Usage& total() const { return total_; }
    // and since what was known before, or else the first record.
    [[nodiscard]] const Usage& used() const { return used_; }
    // The interval in which the command had the most faults.
    [[nodiscard]] const Usage& peak() const { return peak_; }
    // The largest sum of resident sets at one tick; pages shared by several
    // processes count in each.
    [[nodiscard]] std::uint64_t peak_rss_bytes() const { return peak_rss_bytes_; }

private:
    void end_tick();
    void end_interval();

    ProcessTable table_{Rows::only_sum};
    IntervalGrid grid_;
    nanoseconds tick_{};
    nanoseconds period_{};
    Usage interval_;
    Usage total_;
    Usage used_;
    Usage peak_;
    std::uint64_t peak_rss_bytes_ = 0;
    bool knows_ = false; // something of before, and has not begun yet
};

} // namespace mp3prof
