// SPDX-License-Identifier: GPL-2.0-or-later
// What the kernel holds, by its own books: to see that it gets it back.
#pragma once

#include <string>

namespace guest
{

struct KernelMemory {
    long registrations;    // objects of the caches that registrations come from
    long tasks;            // task_structs
    long unreclaimable;    // KiB of slab that is in use for good
    long vmalloc;          // KiB
    long free;             // KiB, with what the caches would give back
    bool has_slab_figures; // the first two: /proc/slabinfo is there
};

// Read after the caches were asked to shrink.
KernelMemory kernel_memory();

// A line of figures for the log.
std::string to_string(const KernelMemory& memory);

} // namespace guest
