// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/signals.hpp"

#include <string>
#include <vector>

#include <sys/resource.h>

namespace mp3prof
{

// How a command ended, and what it took.
struct TimedEnd {
    rusage usage{}; // its own, and that of its children
    double wall_s = 0;
    int status = 0; // as a shell has it
    int signal = 0; // that has asked us to end, 0 for none
};

// Runs a command to its end. SIGINT and SIGTERM, which are caught, as is SIGCHLD,
// ask it to end.
[[nodiscard]] Result<TimedEnd> run_timed(const std::vector<std::string>& command, Signals& signals);

} // namespace mp3prof
