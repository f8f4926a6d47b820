// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/run_session.hpp"
#include "format/run_rows.hpp"
#include "rates/run_figures.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace mp3prof
{

// How often to run a command.
struct Repetition {
    std::uint64_t runs = 0; // 0: once, without statistics
    std::uint64_t warmup = 0;
};

struct RepeatedRuns {
    std::vector<RunRow> rows;
    int exit_status = 0;  // of the first run that failed, a warm-up included
    int exec_error = 0;   // errno; then there are no rows
    bool stopped = false; // by a signal that ended the command
};

// Runs a command again and again; `done` is told each run that counts, and how it
// ended. A command that SIGINT, SIGTERM or SIGQUIT has ended is not run again.
[[nodiscard]] Result<RepeatedRuns>
run_repeated(const RunPlan& plan, const Repetition& repetition, Source& source, Registry& registry,
             Signals& signals, const std::function<Status(const RunRow&, const RunEnd&)>& done);

} // namespace mp3prof
