// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/group_rules.hpp"
#include "rates/process_table.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>

namespace mp3prof
{

// What the processes of a group have used and what they have now.
struct Group {
    Usage used; // also by those that have ended; never goes back
    std::uint64_t processes = 0;
    std::uint64_t threads = 0;
    std::uint64_t rss_bytes = 0;
    std::uint64_t swap_bytes = 0;
};

using Groups = std::map<std::string, Group, std::less<>>;

// Sums up intervals by group. A process counts from its registration where that
// was seen, from when it was first seen otherwise. What it uses goes to the group
// of the name that it has at the end of the interval.
class GroupTable
{
public:
    // What would make more than `most` groups goes to the group "other", which is
    // not counted itself.
    GroupTable(GroupRules rules, std::size_t most);

    // With a row for each process.
    void add(const Interval& interval);

    [[nodiscard]] const Groups& groups() const { return groups_; }

private:
    [[nodiscard]] Group& group_of(std::string_view command);
    [[nodiscard]] Group& find_or_make(const std::string& name);

    GroupRules rules_;
    std::size_t most_;
    Groups groups_;
    // The groups of the commands of late: matching takes longer than looking up.
    std::unordered_map<std::string, Group*> known_;
};

} // namespace mp3prof
