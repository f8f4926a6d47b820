// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/process_tree.hpp"

namespace mp3prof
{

ProcessTree ProcessTree::below(pid_t forker)
{
    return {forker, {}, Children::followed};
}

ProcessTree ProcessTree::of(const std::vector<pid_t>& roots, Children children)
{
    return {0, {roots.begin(), roots.end()}, children};
}

std::optional<pid_t> ProcessTree::root_of(pid_t pid) const
{
    const auto known = root_of_.find(pid);
    return known == root_of_.end() ? std::nullopt : std::optional(known->second);
}

std::optional<pid_t> ProcessTree::root_for(const Sample& sample) const
{
    if (roots_.contains(sample.pid)) {
        return sample.pid;
    }
    if (children_ == Children::not_followed || !sample.stage.followed) {
        return std::nullopt;
    }
    return sample.ppid == forker_ ? sample.pid : root_of(sample.ppid);
}

bool ProcessTree::take(const Sample& sample)
{
    auto member = members_.find(sample.key());
    if (member == members_.end()) {
        const std::optional<pid_t> root = root_for(sample);
        if (!root) {
            // Another process has taken this PID; its children are not ours.
            root_of_.erase(sample.pid);
            return false;
        }
        roots_.erase(sample.pid);
        root_of_[sample.pid] = *root;
        member = members_.emplace(sample.key(), Member{sample, true}).first;
    }
    alive_ += member->second.ended ? 1 : 0;
    alive_ -= sample.stage.final ? 1 : 0;
    member->second = {sample, sample.stage.final};
    return true;
}

std::vector<Sample> ProcessTree::alive() const
{
    std::vector<Sample> alive;
    for (const auto& [key, member] : members_) {
        if (!member.ended) {
            alive.push_back(member.last);
        }
    }
    return alive;
}

Usage ProcessTree::exited() const
{
    Usage sum;
    for (const auto& [key, member] : members_) {
        if (member.last.stage.exited) {
            sum += usage_of(member.last, {});
        }
    }
    return sum;
}

} // namespace mp3prof
