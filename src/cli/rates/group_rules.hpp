// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/regex.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mp3prof
{

// Where processes go that belong to no group of a name.
inline constexpr std::string_view other_group = "other";

// Which group a process belongs to, by the name of its command.
class GroupRules
{
public:
    // "NAME=REGEX": the first rule whose expression matches is the one.
    [[nodiscard]] Status add(std::string_view rule);

    // Without rules each command is a group of its own. Characters that are not
    // printable are not in it, so that it is text.
    [[nodiscard]] std::string group_of(std::string_view command) const;

    // The groups that are there before any process is.
    [[nodiscard]] std::vector<std::string> names() const;

private:
    struct Rule {
        std::string name;
        Regex regex;
    };
    std::vector<Rule> rules_;
};

} // namespace mp3prof
