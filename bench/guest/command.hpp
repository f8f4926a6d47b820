// SPDX-License-Identifier: GPL-2.0-or-later
// Another program, and the CPU time that it has taken.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace bench
{

constexpr const char* tool = "/usr/bin/mp3prof";

using Words = std::vector<std::string>;

// Starts it, with its output thrown away. It dies with the caller.
pid_t start(const Words& words);

// The same on a terminal of 50 lines and 120 columns, which somebody reads.
pid_t start_on_terminal(const Words& words);

// Waits until it ends by itself, which it must with status 0; `meanwhile` runs
// again and again. Its CPU time: also what the kernel did for it.
std::uint64_t cost_to_the_end(pid_t pid, const std::function<void()>& meanwhile);

// Ends it as ^C does.
void end(pid_t pid);

bool present(const std::string& path);

} // namespace bench
