// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/source.hpp"
#include "sys/crowd.hpp"

#include <functional>

namespace mp3prof
{

// Each probe takes one figure for the time given: CPU time in nanoseconds. It
// ends early, with nothing to trust, when `stop` says so.
struct ProbeTime {
    nanoseconds duration;
    std::function<bool()> stop = [] { return false; };
    int wake_fd = -1; // readable when stop() is worth a question
};

// The sampler's, for one process and one tick, over what is registered now.
struct SamplerCost {
    double ns = 0;
    double records = 0; // of `crowd`, for one process and one tick: 1 when each was active
};
[[nodiscard]] Result<SamplerCost> probe_sampler(Source& source, const Crowd& crowd,
                                                const ProbeTime& time);

// Reading /proc/PID/stat once, of each in turn.
[[nodiscard]] Result<double> probe_stat_opened(const Crowd& crowd, const ProbeTime& time);
// The same on descriptors that stay open, of as many as may be open.
[[nodiscard]] Result<double> probe_stat_kept(const Crowd& crowd, const ProbeTime& time);

// Reading one record from a ring in memory, a few thousand at a time.
[[nodiscard]] Result<double> probe_ring(const ProbeTime& time);

} // namespace mp3prof
