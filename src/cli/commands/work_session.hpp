// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/signals.hpp"
#include "workload/crew.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace mp3prof
{

using std::chrono::nanoseconds;

struct WorkOptions {
    std::optional<std::uint64_t> size; // bytes; nothing for all of a file
    std::string file;                  // empty for anonymous memory
    WorkPlan plan;                     // its sizes are set at the start
    nanoseconds pause = std::chrono::seconds(1);
    HugePages huge_pages = HugePages::never;
    bool no_register = false;
};

// What hinders these options from going together, or from fitting this machine.
[[nodiscard]] Status check_work(const WorkOptions& options);

// Works, and tells the expected and the measured faults on standard error. Gives
// the exit status.
[[nodiscard]] Result<int> run_work(const WorkOptions& options, Signals& signals);

} // namespace mp3prof
