// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/process_table.hpp"

namespace mp3prof
{

void ProcessTable::prime(const Sample& sample)
{
    enter(sample);
    const auto at = entries_.find(sample.key());
    next_interval(at);
    gone_ = {};
}

void ProcessTable::add(const Sample& sample)
{
    enter(sample);
    pending_ = true;
}

ProcessTable::Entry& ProcessTable::enter(const Sample& sample)
{
    const auto [at, is_new] = entries_.try_emplace(sample.key());
    Entry& entry = at->second;
    const bool again =
        !is_new && (sample.stage.first || entry.ended || goes_back(sample, entry.total));
    if (again) {
        entry.carried += since(entry.total, entry.base);
        gone_ += entry.total;
        entry.total = {};
        entry.base = {};
    }
    entry.total = usage_of(sample, entry.total);
    if (is_new && !sample.stage.first) {
        entry.base = entry.total;
    }
    entry.last = sample;
    entry.stage |= sample.stage;
    entry.ended = sample.stage.final;
    return entry;
}

Row ProcessTable::row_of(const Entry& entry)
{
    Row row{.last = entry.last,
            .stage = entry.stage,
            .total = entry.total,
            .delta = since(entry.total, entry.base)};
    row.delta += entry.carried;
    return row;
}

ProcessTable::Entries::iterator ProcessTable::next_interval(Entries::iterator at)
{
    Entry& entry = at->second;
    if (entry.ended) {
        gone_ += entry.total;
        return entries_.erase(at);
    }
    entry.base = entry.total;
    entry.carried = {};
    entry.stage = {};
    return std::next(at);
}

Interval ProcessTable::close(nanoseconds end, nanoseconds elapsed)
{
    Interval interval{.end = end, .elapsed = elapsed, .rows = {}, .total = {}};
    Row& total = interval.total;
    interval.rows.reserve(entries_.size());
    for (auto at = entries_.begin(); at != entries_.end();) {
        const Row& row = interval.rows.emplace_back(row_of(at->second));
        total.delta += row.delta;
        total.stage |= row.stage;
        if (!at->second.ended) { // next_interval() adds the others to gone_
            total.total += row.total;
            total.last.rss_bytes += row.last.rss_bytes;
            total.last.swap_bytes += row.last.swap_bytes;
            total.last.threads += row.last.threads;
        }
        at = next_interval(at);
    }
    total.total += gone_;
    total.last.time = end;
    total.last.comm = "total";
    pending_ = false;
    return interval;
}

Row ProcessTable::close_one(const ProcessKey& key)
{
    const auto at = entries_.find(key);
    if (at == entries_.end()) {
        return {};
    }
    Row row = row_of(at->second);
    next_interval(at);
    return row;
}

void ProcessTable::expire(nanoseconds before)
{
    for (auto at = entries_.begin(); at != entries_.end();) {
        if (!at->second.ended && at->second.last.time < before) {
            gone_ += at->second.total;
            at = entries_.erase(at);
        } else {
            ++at;
        }
    }
}

} // namespace mp3prof
