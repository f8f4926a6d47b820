// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/usage.hpp"
#include "ring/sample.hpp"

#include <cstdint>
#include <span>
#include <unordered_map>
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
    std::size_t processes = 0;
    std::vector<Row> rows; // by PID; none where only the sum was wanted
    Row total;             // the sum of all, those that ended before included
};

enum class Rows { each, only_sum };

// The live processes, and what each did since the interval began. A process
// without a record has not changed, so it has a row all the same. Sums are kept,
// not made: where nothing else is wanted, an interval costs what its records do.
class ProcessTable
{
public:
    explicit ProcessTable(Rows rows) : rows_(rows) {}

    // Takes records of the current interval. The delta of a process whose
    // first record (FIRST) is seen counts from its registration; that of one
    // first seen in mid-life counts from that record.
    void add(std::span<const Sample> samples);
    void add(const Sample& sample) { add({&sample, 1}); }

    // What was added until now is the past: known, but told in no interval.
    void begin();

    // Ends the current interval: a row for each process where rows are wanted,
    // sums, and the ended ones are forgotten.
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
        Sample last; // all zero before the first record of a registration
        std::uint64_t user_ns = 0;
        // Where rows are wanted, of the interval with this number; in any later
        // one there was nothing.
        std::uint64_t interval = 0;
        Usage base;    // total when it began
        Usage carried; // of registrations that ended in it
        Stage stage;
        bool known = false; // has had a record
        bool ended = false;
        // Whose record came behind this one's: it will again, most likely, as
        // the sampler goes through its processes in one order. Good in one
        // generation.
        Entry* follower = nullptr;
        std::uint64_t generation = 0;

        [[nodiscard]] Usage total() const;
    };
    struct Hash {
        std::size_t operator()(const ProcessKey& key) const
        {
            return static_cast<std::size_t>(key.start.count()) * 1'000'003 +
                   static_cast<std::size_t>(key.pid);
        }
    };
    struct Sums {
        Usage total;
        Usage base;                  // total when the interval began, and what was known then
        Stage stage;                 // of all records of the interval
        std::uint64_t rss_bytes = 0; // this and the next two: of what lives
        std::uint64_t swap_bytes = 0;
        std::uint32_t threads = 0;

        void take_in(const Sample& last);
        void take_out(const Sample& last);
    };

    Entry& entry_of(const Sample& sample);
    Entry& find_or_make(const ProcessKey& key);
    void begin_interval(Entry& entry) const;
    void begin_registration(Entry& entry);
    void advance(Entry& entry, const Sample& sample);
    void meet(Entry& entry);
    [[nodiscard]] Row row_of(const Entry& entry) const;
    [[nodiscard]] Row row_of_sums(nanoseconds end) const;
    void put_in_order();
    void next_interval();
    void entries_are_gone();

    Rows rows_;
    std::unordered_map<ProcessKey, Entry, Hash> entries_;
    std::vector<const Entry*> by_pid_; // all of them while in_order_
    bool in_order_ = true;
    Entry* latest_ = nullptr;       // whose record came last
    std::uint64_t generation_ = 1;  // changes when an entry is gone
    std::vector<ProcessKey> ended_; // in this interval
    std::uint64_t interval_ = 1;
    Sums sums_;
    bool pending_ = false;
};

} // namespace mp3prof
