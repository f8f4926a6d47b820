// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/sample_sink.hpp"
#include "device/registry.hpp"
#include "device/source.hpp"
#include "format/summary.hpp"
#include "rates/threshold_watch.hpp"
#include "sys/child.hpp"
#include "sys/signals.hpp"

#include <csignal>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace mp3prof
{

// Exit status when mp3prof itself has failed, not the command.
inline constexpr int mp3prof_failed = 125;

struct RunPlan {
    std::vector<std::string> command;
    nanoseconds interval = std::chrono::milliseconds(50);
    bool follow = true;
    std::vector<Threshold> thresholds = {};
};

// The end of a run: its exit status and, when the command could be run, what it
// has used.
struct RunEnd {
    int exit_status = 0;
    int exec_error = 0; // errno; then there is no summary
    // What failed of ours while the command ran, which went on to its end. The
    // summary is of what was seen.
    std::optional<Error> failure;
    int asked_to_end = 0; // the signal that has come for it, whatever it made of that
    nanoseconds ended{};  // CLOCK_MONOTONIC
    RunSummary summary;
    std::vector<Violation> violations; // of the thresholds
};

// Go to the command when they come to mp3prof alone, not to the process group.
inline constexpr std::initializer_list<int> forwarded_signals = {SIGTERM, SIGHUP,  SIGINT,
                                                                 SIGQUIT, SIGUSR1, SIGUSR2};

// Why the command of the plan could not be run.
[[nodiscard]] std::string exec_words(const RunPlan& plan, int error);

// Those that ask a program to end.
inline constexpr std::initializer_list<int> ending_signals = {SIGINT, SIGTERM, SIGQUIT, SIGHUP};

// Runs a command under profiling, from before its birth until the last record of
// it and its descendants. `sink` may be null. `signals` catches SIGCHLD and
// the forwarded ones. An error is one of ours; the command never began then.
[[nodiscard]] Result<RunEnd> run_profiled(const RunPlan& plan, Source& source, Registry& registry,
                                          Signals& signals, SampleSink* sink);

} // namespace mp3prof
