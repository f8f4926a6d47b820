// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/run_tally.hpp"

#include <algorithm>

namespace mp3prof
{

void RunTally::add(const Sample& sample)
{
    if (table_.pending() && sample.time != tick_) {
        end_tick();
    }
    tick_ = sample.time;
    table_.add(sample);
}

void RunTally::finish()
{
    if (table_.pending()) {
        end_tick();
    }
}

void RunTally::end_tick()
{
    const auto faults = [](const Usage& usage) { return usage.minor_faults + usage.major_faults; };
    const Interval tick = table_.close(tick_, {});
    total_ = tick.total.total;
    if (faults(tick.total.delta) > faults(peak_)) {
        peak_ = tick.total.delta;
    }
    peak_rss_bytes_ = std::max(peak_rss_bytes_, tick.total.last.rss_bytes);
}

} // namespace mp3prof
