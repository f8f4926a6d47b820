// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/repeat.hpp"

#include <csignal>

#include <sys/wait.h>

namespace mp3prof
{

namespace
{

// Somebody wants it to end; it may have ended well all the same.
bool was_stopped(const RunEnd& end)
{
    const int status = end.summary.wait_status.value_or(0);
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return end.asked_to_end != 0 || signal == SIGINT || signal == SIGTERM || signal == SIGQUIT;
}

} // namespace

Result<RepeatedRuns> run_repeated(const RunPlan& plan, const Repetition& repetition, Source& source,
                                  Registry& registry, Signals& signals,
                                  const std::function<Status(const RunRow&, const RunEnd&)>& done)
{
    RepeatedRuns repeated;
    for (std::uint64_t run = 0; run < repetition.warmup + repetition.runs; ++run) {
        TRY_ASSIGN(const RunEnd end, run_profiled(plan, source, registry, signals, nullptr));
        if (repeated.exit_status == 0) {
            repeated.exit_status = end.exit_status;
        }
        if (end.exec_error != 0) {
            repeated.exec_error = end.exec_error;
            return repeated;
        }
        if (end.failure) {
            return tl::unexpected<Error>(*end.failure);
        }
        repeated.stopped = was_stopped(end);
        if (repeated.stopped) {
            break;
        }
        if (run >= repetition.warmup) {
            repeated.rows.push_back({.number = run - repetition.warmup + 1,
                                     .exit_status = end.exit_status,
                                     .figures = figures_of(end.summary)});
            TRY(done(repeated.rows.back(), end));
        }
    }
    return repeated;
}

} // namespace mp3prof
