// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/process_tree.hpp"

namespace mp3prof
{

ProcessTree ProcessTree::below(pid_t forker)
{
    return {forker, 0};
}

ProcessTree ProcessTree::only(pid_t root)
{
    return {0, root};
}

bool ProcessTree::descends(const Sample& sample) const
{
    if (root_ != 0) {
        return sample.pid == root_ && members_.empty();
    }
    return sample.stage.followed && (sample.ppid == forker_ || known_.contains(sample.ppid));
}

bool ProcessTree::take(const Sample& sample)
{
    const auto member = members_.find(sample.key());
    if (member == members_.end()) {
        if (!descends(sample)) {
            // Another process has taken this PID; its children are not ours.
            known_.erase(sample.pid);
            return false;
        }
        known_.insert(sample.pid);
        members_.emplace(sample.key(), Member{sample, sample.stage.final});
        return true;
    }
    member->second.last = sample;
    member->second.ended = sample.stage.final;
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
