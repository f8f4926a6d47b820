// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/usage.hpp"
#include "ring/sample.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace mp3prof
{

// One process in one interval.
struct Row {
    Sample last; // its last record, perhaps from an earlier interval
    Stage stage; // of all its records in this interval
    Usage total; // since registration
    Usage delta; // in this interval
};

// One interval of all processes.
struct Interval {
    nanoseconds end{}; // CLOCK_MONOTONIC
    nanoseconds elapsed{};
    std::vector<Row> rows; // by PID
    Row total;             // the sum of all, those that ended before included
};

// The live processes, and what each did since the interval began. A process
// without a record has not changed, so it has a row all the same.
class ProcessTable
{
public:
    // Takes a record into account and the use it tells of as known before.
    void prime(const Sample& sample);

    // Takes a record of the current interval. The delta of a process whose
    // first record (FIRST) is seen counts from its registration; that of one
    // first seen in mid-life counts from that record.
    void add(const Sample& sample);

    // Ends the current interval: a row for each process, sums, and the ended
    // ones are forgotten.
    [[nodiscard]] Interval close(nanoseconds end, nanoseconds elapsed);

    // Ends the interval of one process only; for one row a record.
    [[nodiscard]] Row close_one(const ProcessKey& key);

    // Forgets live processes without a record since `before`: their FINAL
    // record was lost in an overrun, as each has a record every second.
    void expire(nanoseconds before);

    // True when the current interval has a record.
    [[nodiscard]] bool pending() const { return pending_; }
    [[nodiscard]] bool empty() const { return entries_.empty(); }

private:
    struct Entry {
        Sample last;
        Stage stage;
        Usage total;
        Usage base;    // total when the interval began
        Usage carried; // of registrations that ended in this interval
        bool ended = false;
    };
    using Entries = std::map<ProcessKey, Entry>;

    Entry& enter(const Sample& sample);
    [[nodiscard]] static Row row_of(const Entry& entry);
    Entries::iterator next_interval(Entries::iterator at);

    Entries entries_;
    Usage gone_; // totals of registrations that are over
    bool pending_ = false;
};

} // namespace mp3prof
