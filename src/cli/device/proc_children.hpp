// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/proc_process.hpp"

#include <unordered_map>
#include <vector>

#include <sys/types.h>

namespace mp3prof
{

// Finds the children that processes have now. A child that was waited for, or
// whose parent has ended, is nobody's any more.
class ProcChildren
{
public:
    enum class Way {
        lists, // /proc/PID/task/TID/children
        scan,  // the parents of all processes: where the kernel has no such lists
    };

    // Which way there is below `proc`, the folder /proc.
    [[nodiscard]] static Way way_of(int proc);

    ProcChildren(int proc, Way way) : proc_(proc), way_(way) {}
    [[nodiscard]] Way way() const { return way_; }

    // What was scanned is of an earlier time now.
    void forget() { parents_known_ = false; }

    // Of all its threads, in no order. None of one that is gone.
    [[nodiscard]] std::vector<pid_t> of(const ProcProcess& process, std::uint32_t threads);

private:
    void scan();

    int proc_;
    Way way_;
    bool parents_known_ = false;
    std::unordered_multimap<pid_t, pid_t> by_parent_;
};

} // namespace mp3prof
