// SPDX-License-Identifier: GPL-2.0-or-later
// What the kernel has allocated for tasks, beyond those that there are: a
// reference that was not given back shows here.
#pragma once

#include <optional>
#include <string>

namespace stress
{

struct Surplus {
    std::optional<long> tasks;     // task_struct objects without a thread in /proc
    std::optional<long> processes; // signal_struct objects without a process in /proc
};

// Empty: the kernel does not say.
Surplus surplus_now();

// The smallest seen for a while: freeing is delayed (RCU), never early.
Surplus settled_surplus();

// Waits until there is no more than at `before`; false when that does not come.
bool returns_to(const Surplus& before);

} // namespace stress
