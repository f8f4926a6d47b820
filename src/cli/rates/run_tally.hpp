// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/process_table.hpp"

namespace mp3prof
{

// The sums and peaks of a command, over the records of its processes.
class RunTally
{
public:
    void add(const Sample& sample);
    // Counts the last tick in; nothing is added after it.
    void finish();

    [[nodiscard]] const Usage& total() const { return total_; }
    // The tick in which the command had the most faults.
    [[nodiscard]] const Usage& peak() const { return peak_; }
    // The largest sum of resident sets at one tick; pages shared by several
    // processes count in each.
    [[nodiscard]] std::uint64_t peak_rss_bytes() const { return peak_rss_bytes_; }

private:
    void end_tick();

    ProcessTable table_;
    nanoseconds tick_{};
    Usage total_;
    Usage peak_;
    std::uint64_t peak_rss_bytes_ = 0;
};

} // namespace mp3prof
