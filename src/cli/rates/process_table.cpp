// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/process_table.hpp"

#include <algorithm>

namespace mp3prof
{

Usage ProcessTable::Entry::total() const
{
    return Usage{.minor_faults = last.minor_faults,
                 .major_faults = last.major_faults,
                 .cpu_ns = last.cpu_ns,
                 .user_ns = user_ns,
                 .voluntary_switches = last.voluntary_switches,
                 .involuntary_switches = last.involuntary_switches};
}

void ProcessTable::Sums::take_in(const Sample& last)
{
    rss_bytes += last.rss_bytes;
    swap_bytes += last.swap_bytes;
    threads += last.threads;
}

void ProcessTable::Sums::take_out(const Sample& last)
{
    rss_bytes -= last.rss_bytes;
    swap_bytes -= last.swap_bytes;
    threads -= last.threads;
}

inline ProcessTable::Entry& ProcessTable::entry_of(const Sample& sample)
{
    if (latest_ != nullptr && latest_->generation == generation_) {
        Entry* follower = latest_->follower;
        if (follower->last.pid == sample.pid && follower->last.start == sample.start) {
            return *(latest_ = follower);
        }
    }
    return find_or_make(sample.key());
}

ProcessTable::Entry& ProcessTable::find_or_make(const ProcessKey& key)
{
    const auto [at, is_new] = entries_.try_emplace(key);
    Entry& entry = at->second;
    in_order_ = in_order_ && !is_new;
    if (latest_ != nullptr) {
        latest_->follower = &entry;
        latest_->generation = generation_;
    }
    return *(latest_ = &entry);
}

void ProcessTable::entries_are_gone()
{
    latest_ = nullptr;
    ++generation_;
    in_order_ = false;
}

// With the first record of a process in the interval.
inline void ProcessTable::begin_interval(Entry& entry) const
{
    if (entry.interval == interval_) {
        return;
    }
    entry.interval = interval_;
    entry.base = entry.total();
    entry.carried = {};
    entry.stage = {};
}

// With the first record of all.
void ProcessTable::meet(Entry& entry)
{
    entry.known = true;
    if (!entry.last.stage.first) { // in mid-life: it counts from here
        entry.base = entry.total();
        sums_.base += entry.base;
    }
}

void ProcessTable::begin_registration(Entry& entry)
{
    if (!entry.ended) {
        sums_.take_out(entry.last);
    }
    entry.carried += since(entry.total(), entry.base);
    entry.base = {};
    entry.last = {};
    entry.user_ns = 0;
}

// From the record before to this one, once for each: everything that is summed
// up goes on by the difference.
inline void ProcessTable::advance(Entry& entry, const Sample& sample)
{
    const Sample& last = entry.last;
    const std::uint64_t user_ns = user_after(sample, last.cpu_ns, entry.user_ns);
    sums_.total.minor_faults += sample.minor_faults - last.minor_faults;
    sums_.total.major_faults += sample.major_faults - last.major_faults;
    sums_.total.cpu_ns += sample.cpu_ns - last.cpu_ns;
    sums_.total.user_ns += user_ns - entry.user_ns;
    sums_.total.voluntary_switches += sample.voluntary_switches - last.voluntary_switches;
    sums_.total.involuntary_switches += sample.involuntary_switches - last.involuntary_switches;
    sums_.rss_bytes += sample.rss_bytes - last.rss_bytes;
    sums_.swap_bytes += sample.swap_bytes - last.swap_bytes;
    sums_.threads += sample.threads - last.threads;
    sums_.stage |= sample.stage;
    entry.last = sample;
    entry.user_ns = user_ns;
}

void ProcessTable::add(std::span<const Sample> samples)
{
    pending_ = pending_ || !samples.empty();
    for (const Sample& sample : samples) {
        Entry& entry = entry_of(sample);
        if (rows_ == Rows::each) {
            begin_interval(entry);
            entry.stage |= sample.stage;
        }
        if (entry.known && (sample.stage.first || entry.ended || goes_back(sample, entry.last))) {
            begin_registration(entry);
        }
        advance(entry, sample);
        if (!entry.known) {
            meet(entry);
        }
        entry.ended = sample.stage.final;
        if (entry.ended) {
            ended_.push_back(sample.key());
            sums_.take_out(sample);
        }
    }
}

void ProcessTable::begin()
{
    next_interval();
    sums_ = {};
    for (const auto& [key, entry] : entries_) {
        sums_.total += entry.total();
        sums_.take_in(entry.last);
    }
    sums_.base = sums_.total;
}

Row ProcessTable::row_of(const Entry& entry) const
{
    Row row{.last = entry.last, .stage = {}, .total = entry.total(), .delta = {}};
    if (entry.interval == interval_) {
        row.stage = entry.stage;
        row.delta = since(entry.total(), entry.base);
        row.delta += entry.carried;
    }
    return row;
}

Row ProcessTable::row_of_sums(nanoseconds end) const
{
    Row row{.last = {},
            .stage = sums_.stage,
            .total = sums_.total,
            .delta = since(sums_.total, sums_.base)};
    row.last.time = end;
    row.last.rss_bytes = sums_.rss_bytes;
    row.last.swap_bytes = sums_.swap_bytes;
    row.last.threads = sums_.threads;
    row.last.comm = "total";
    return row;
}

void ProcessTable::next_interval()
{
    for (const ProcessKey& key : ended_) {
        const auto at = entries_.find(key);
        if (at != entries_.end() && at->second.ended) { // not registered again
            entries_.erase(at);
            entries_are_gone();
        }
    }
    ended_.clear();
    sums_.base = sums_.total;
    sums_.stage = {};
    ++interval_;
    pending_ = false;
}

void ProcessTable::put_in_order()
{
    if (in_order_) {
        return;
    }
    by_pid_.clear();
    for (const auto& [key, entry] : entries_) {
        by_pid_.push_back(&entry);
    }
    std::ranges::sort(by_pid_, {}, [](const Entry* entry) { return entry->last.key(); });
    in_order_ = true;
}

Interval ProcessTable::close(nanoseconds end, nanoseconds elapsed)
{
    Interval interval{.end = end,
                      .elapsed = elapsed,
                      .processes = entries_.size(),
                      .rows = {},
                      .total = row_of_sums(end)};
    if (rows_ == Rows::each) {
        put_in_order();
        interval.rows.reserve(by_pid_.size());
        for (const Entry* entry : by_pid_) {
            interval.rows.push_back(row_of(*entry));
        }
    }
    next_interval();
    return interval;
}

Row ProcessTable::close_one(const ProcessKey& key)
{
    const auto at = entries_.find(key);
    if (at == entries_.end()) {
        return {};
    }
    Row row = row_of(at->second);
    if (at->second.ended) {
        entries_.erase(at);
        std::erase(ended_, key);
        entries_are_gone();
    } else {
        at->second.interval = 0;
    }
    return row;
}

void ProcessTable::expire(nanoseconds before)
{
    const auto gone = std::erase_if(entries_, [&](const auto& item) {
        const Entry& entry = item.second;
        const bool silent = !entry.ended && entry.last.time < before;
        if (silent) {
            sums_.take_out(entry.last);
        }
        return silent;
    });
    if (gone > 0) {
        entries_are_gone();
    }
}

} // namespace mp3prof
