// SPDX-License-Identifier: GPL-2.0-or-later
// Allocations, and copies from and to user space, that fail when they are told
// to: the kernel's fault injection.
#pragma once

#include <functional>

namespace guest
{

// Whether this kernel can; says SKIP where it cannot.
bool faults_can_be_injected();

// The nth thing that can fail in this thread fails while `call` runs, if it
// comes to that many: returns whether it did.
bool with_fault(unsigned n, const std::function<void()>& call);

// Every one in turn, from the nth on: `check` follows each `call` that met its
// fault. Ends with the call that met none; returns how many there were.
unsigned each_fault(const std::function<void()>& call, const std::function<void()>& check,
                    unsigned from = 1);

// This thread has `pages` more pages; then fifty times none while `call` runs.
void with_few_pages(unsigned pages, const std::function<void()>& call);

// While it lives, no worker of the kernel gets memory from the slab allocator.
class StarvedWorkers
{
public:
    StarvedWorkers();
    ~StarvedWorkers();
    StarvedWorkers(const StarvedWorkers&) = delete;
    StarvedWorkers& operator=(const StarvedWorkers&) = delete;
};

// A followed child is counted as wait4() does it: the module is well.
void check_all_is_well();

} // namespace guest
