// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/usage.hpp"
#include "ring/sample.hpp"

#include <map>
#include <set>
#include <vector>

namespace mp3prof
{

// Which processes of the ring descend from a command that `run` has started.
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
    static ProcessTree only(pid_t root);

    // True when the record belongs to the command. Records come in ring order.
    bool take(const Sample& sample);

    // Members that have no FINAL record yet, in order of PID.
    [[nodiscard]] std::vector<Sample> alive() const;
    // The sum over the members that have exited.
    [[nodiscard]] Usage exited() const;
    [[nodiscard]] std::size_t size() const { return members_.size(); }

private:
    ProcessTree(pid_t forker, pid_t root) : forker_(forker), root_(root) {}
    [[nodiscard]] bool descends(const Sample& sample) const;

    pid_t forker_;
    pid_t root_;
    std::set<pid_t> known_; // PIDs of members, dead ones too
    struct Member {
        Sample last;
        bool ended = false;
    };
    std::map<ProcessKey, Member> members_;
};

} // namespace mp3prof
