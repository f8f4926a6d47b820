// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/monitor_loop.hpp"
#include "commands/recording_sink.hpp"
#include "device/registry.hpp"
#include "device/source.hpp"
#include "rates/process_tree.hpp"

#include <optional>
#include <ostream>
#include <vector>

namespace mp3prof
{

// What to record without a command of its own, and until when.
struct RecordPlan {
    nanoseconds interval = std::chrono::milliseconds(50);
    std::optional<nanoseconds> duration;
    std::vector<pid_t> pids; // empty: everything that is registered
    ProcessTree::Children children = ProcessTree::Children::not_followed;
};

// Records into `sink`, whose tree is the plan's. What has a PID of the plan and
// is not registered is so while it records, with all that descends from it. It
// does not complete the recording.
[[nodiscard]] Status record_registered(Source& source, Registry& registry, const RecordPlan& plan,
                                       RecordingSink& sink, const StopRequest& stop,
                                       std::ostream& words);

} // namespace mp3prof
