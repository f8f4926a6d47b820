// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/interval_series.hpp"
#include "device/source.hpp"
#include "rates/selection.hpp"
#include "sys/signals.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>
#include <vector>

namespace mp3prof
{

// What to monitor, and until when.
struct MonitorPlan {
    nanoseconds interval = std::chrono::milliseconds(50);
    std::optional<nanoseconds> duration;
    std::uint64_t count = 0; // intervals to print, 0 for no limit
    std::vector<pid_t> pids; // empty: all
    bool follow = false;     // what these have forked as well
    bool until_idle = false; // end when nothing is registered any more
    bool registered = false; // something is, though the figures may not tell yet

    [[nodiscard]] Selection selection() const;
};

// How the loop is told to end from outside: `wake_fd` becomes readable, and
// `wanted` says whether that was it.
struct StopRequest {
    int wake_fd = -1;
    std::function<bool()> wanted = [] { return false; };
};

// By SIGINT or SIGTERM, which `signals` catches.
[[nodiscard]] StopRequest until_signal(Signals& signals);

// Streams samples from now on. Words for the user (not results) go to `words`.
[[nodiscard]] Status monitor_stream(Source& source, const MonitorPlan& plan, SampleSink& sink,
                                    const StopRequest& stop, std::ostream& words);

// Prints what the ring still holds: a row a record, or, for a formatter that
// wants only sums, an interval a tick. `offset` turns monotonic times into times
// since 1970.
[[nodiscard]] Status monitor_dump(Source& source, const MonitorPlan& plan, Formatter& formatter,
                                  Sink& sink, nanoseconds offset, std::ostream& words);

} // namespace mp3prof
