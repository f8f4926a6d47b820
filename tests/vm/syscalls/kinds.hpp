// SPDX-License-Identifier: GPL-2.0-or-later
// The kinds of calls. Each makes one call with random arguments, and says which
// errors the manual knows; any other is a finding.
#pragma once

#include "hand.hpp"

#include <array>
#include <span>

namespace syscalls
{

struct Kind {
    const char* name;
    unsigned weight;            // how often, against the others
    long (*call)(Hand& hand);   // -1 with errno
    std::array<int, 20> errnos; // filled up with zeros
};

std::span<const Kind> file_kinds();    // open, read, write, ioctl, ...
std::span<const Kind> wait_kinds();    // poll, select, epoll
std::span<const Kind> memory_kinds();  // mmap, mprotect, ...
std::span<const Kind> process_kinds(); // fork, exec, ...

} // namespace syscalls
