// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace mp3prof
{

using std::chrono::nanoseconds;

// The longest tick, up to `longest`, of which `interval` is put together evenly.
[[nodiscard]] nanoseconds tick_for(nanoseconds interval, nanoseconds longest);

// When a displayed interval ends. The sampler ticks at the smallest wish of all
// monitors; the grid picks the ticks that end an interval of ours. It is
// absolute, so late ticks do not add up to drift.
class IntervalGrid
{
public:
    explicit IntervalGrid(nanoseconds interval) : interval_(interval) {}

    void begin(nanoseconds at);
    void stop() { begun_ = false; }
    [[nodiscard]] bool begun() const { return begun_; }

    // True when the tick at `now` ends an interval, perhaps more than one:
    // then the ones between are left out. `period` is the time between ticks:
    // the tick nearest to the end of an interval is the one that ends it.
    [[nodiscard]] bool reached(nanoseconds now, nanoseconds period);

    // A tick before this time does not end the current interval.
    [[nodiscard]] nanoseconds first_end(nanoseconds period) const;

    // When the current interval should end.
    [[nodiscard]] nanoseconds next() const { return anchor_ + interval_ * (passed_ + 1); }

private:
    [[nodiscard]] nanoseconds tolerance(nanoseconds period) const;

    nanoseconds interval_;
    nanoseconds anchor_{};
    std::int64_t passed_ = 0; // intervals that have ended
    bool begun_ = false;
};

} // namespace mp3prof
