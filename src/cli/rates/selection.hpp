// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ring/sample.hpp"

#include <set>
#include <vector>

namespace mp3prof
{

// Which processes somebody wants to see: all, some, or some and what they fork.
class Selection
{
public:
    enum class Forks { left, taken };

    // No PIDs: all processes.
    explicit Selection(const std::vector<pid_t>& pids, Forks forks = Forks::left)
        : named_(pids.begin(), pids.end()), forks_(forks)
    {
    }

    // Records come in the order of the ring, a parent before its children.
    [[nodiscard]] bool takes(const Sample& sample);

private:
    std::set<pid_t> named_;
    Forks forks_;
    // What they have forked. A PID stays known after its process ended, as a
    // child's first record may come later, until another process turns up under it.
    std::set<pid_t> forked_;
};

} // namespace mp3prof
