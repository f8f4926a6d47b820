// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/usage.hpp"
#include "ring/sample.hpp"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace mp3prof
{

// Which processes of the ring descend from a command that `run` has started, or
// from processes that were named.
//
// The kernel registers the children of a followed process at their fork and
// publishes a parent before its children; ppid is the forker's and never
// changes. So a record belongs to the command when its process is known, or
// when it is FOLLOWED and its ppid is known. A PID stays known after its process
// ended (a child's first record may come later), until another process turns
// up under it.
class ProcessTree
{
public:
    // The children that `forker` forks under follow are the roots.
    static ProcessTree below(pid_t forker);
    // The one process is all of it.
    static ProcessTree only(pid_t root) { return of({root}, Children::not_followed); }
    // The processes that have these PIDs first, and what they fork.
    enum class Children { followed, not_followed };
    static ProcessTree of(const std::vector<pid_t>& roots, Children children);

    // True when the record belongs to the command. Records come in ring order.
    bool take(const Sample& sample);

    // Members that have no FINAL record yet, in order of PID.
    [[nodiscard]] std::vector<Sample> alive() const;
    [[nodiscard]] bool any_alive() const { return alive_ > 0; }
    // The root that the member with this PID is, or descends from.
    [[nodiscard]] std::optional<pid_t> root_of(pid_t pid) const;
    // The sum over the members that have exited.
    [[nodiscard]] Usage exited() const;
    [[nodiscard]] std::size_t size() const { return members_.size(); }

private:
    ProcessTree(pid_t forker, std::set<pid_t> roots, Children children)
        : forker_(forker), roots_(std::move(roots)), children_(children)
    {
    }
    // The root that a process not seen before belongs to.
    [[nodiscard]] std::optional<pid_t> root_for(const Sample& sample) const;

    pid_t forker_;
    std::set<pid_t> roots_; // that were not seen yet
    Children children_;
    std::map<pid_t, pid_t> root_of_; // by the PIDs of members, dead ones too
    struct Member {
        Sample last;
        bool ended = false;
    };
    std::map<ProcessKey, Member> members_;
    std::size_t alive_ = 0;
};

} // namespace mp3prof
