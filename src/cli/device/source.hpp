// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ring/sample.hpp"
#include "sys/error.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

namespace mp3prof
{

// Everything that a source has had to say since the last batch. The samples are
// the source's until it gives the next one.
struct Batch {
    std::span<const Sample> samples;
    std::uint64_t missed = 0;    // records lost to an overrun, exactly
    std::uint64_t published = 0; // records ever published
    Figures figures;             // as of before the last of the samples
    nanoseconds now{};           // CLOCK_MONOTONIC
    bool woken = false;          // the wake descriptor was readable
};

// How long to wait for a tick, in CLOCK_MONOTONIC.
struct Until {
    std::optional<nanoseconds> deadline; // none: for ever
    nanoseconds not_before{};            // ticks before this time end no wait
};

// Where samples come from.
class Source
{
public:
    Source() = default;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    Source(Source&&) = delete;
    Source& operator=(Source&&) = delete;
    virtual ~Source() = default;

    [[nodiscard]] virtual const RingInfo& info() const = 0;

    // Asks for a tick at least every `interval`.
    [[nodiscard]] virtual Status set_interval(nanoseconds interval) = 0;

    // Waits for a tick, for the deadline, or for `wake_fd` to be readable (-1: for
    // none), then drains. Nothing ticks while nothing is registered.
    [[nodiscard]] virtual Result<Batch> wait(const Until& until, int wake_fd) = 0;

    // Notes how things are now, whether it is time for a tick or not: for who
    // knows that a process is about to be gone. The module does so by itself.
    [[nodiscard]] virtual Status look() { return {}; }

    // What is there now, without waiting. The first call gives everything that
    // is still held of the past.
    [[nodiscard]] virtual Result<Batch> drain() = 0;
};

// The interval where the user names none: 50 ms, or the shortest that there is
// where that is longer.
[[nodiscard]] inline nanoseconds usual_interval(const RingInfo& info)
{
    return std::max(nanoseconds(std::chrono::milliseconds(50)), info.min_interval);
}

} // namespace mp3prof
