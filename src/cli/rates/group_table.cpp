// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/group_table.hpp"

namespace mp3prof
{

namespace
{

// Processes can name themselves: what they make us remember has an end.
constexpr std::size_t most_known = 4096;

} // namespace

GroupTable::GroupTable(GroupRules rules, std::size_t most) : rules_(std::move(rules)), most_(most)
{
    for (const std::string& name : rules_.names()) {
        groups_.try_emplace(name);
    }
}

void GroupTable::add(const Interval& interval)
{
    for (auto& [name, group] : groups_) {
        group = {.used = group.used};
    }
    for (const Row& row : interval.rows) {
        Group& group = group_of(row.last.comm);
        group.used += row.delta;
        if (!row.last.stage.final) {
            ++group.processes;
            group.threads += row.last.threads;
            group.rss_bytes += row.last.rss_bytes;
            group.swap_bytes += row.last.swap_bytes;
        }
    }
}

Group& GroupTable::group_of(std::string_view command)
{
    if (known_.size() >= most_known) {
        known_.clear();
    }
    const auto [at, is_new] = known_.try_emplace(std::string(command), nullptr);
    if (is_new) {
        at->second = &find_or_make(rules_.group_of(command));
    }
    return *at->second;
}

Group& GroupTable::find_or_make(const std::string& name)
{
    const auto at = groups_.find(name);
    if (at != groups_.end()) {
        return at->second;
    }
    const bool full = groups_.size() - groups_.count(other_group) >= most_;
    return groups_[full ? std::string(other_group) : name];
}

} // namespace mp3prof
