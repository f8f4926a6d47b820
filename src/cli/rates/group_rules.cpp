// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/group_rules.hpp"

#include "format/printable.hpp"

#include <algorithm>

namespace mp3prof
{

Status GroupRules::add(std::string_view rule)
{
    const std::size_t sign = rule.find('=');
    if (sign == 0 || sign == std::string_view::npos || sign + 1 == rule.size()) {
        return fail("'{}' is not a group (write NAME=REGEX, web='^(nginx|php)')", rule);
    }
    std::string name(rule.substr(0, sign));
    if (printable(name) != name) {
        return fail("the name of group '{}' is not text", printable(rule));
    }
    TRY_ASSIGN(Regex regex, Regex::compile(std::string(rule.substr(sign + 1))));
    rules_.push_back({std::move(name), std::move(regex)});
    return {};
}

std::string GroupRules::group_of(std::string_view command) const
{
    const std::string name = printable(command);
    if (rules_.empty()) {
        return name;
    }
    const auto rule =
        std::ranges::find_if(rules_, [&](const Rule& one) { return one.regex.matches(name); });
    return rule == rules_.end() ? std::string(other_group) : rule->name;
}

std::vector<std::string> GroupRules::names() const
{
    std::vector<std::string> all;
    for (const Rule& rule : rules_) {
        all.push_back(rule.name);
    }
    return all;
}

} // namespace mp3prof
