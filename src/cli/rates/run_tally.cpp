// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/run_tally.hpp"

#include <algorithm>

namespace mp3prof
{

void RunTally::know(const Sample& sample)
{
    table_.add(sample);
    knows_ = true;
}

void RunTally::add(const Sample& sample, nanoseconds period)
{
    if (knows_) {
        table_.begin();
        knows_ = false;
    }
    if (table_.pending() && sample.time != tick_) {
        end_tick();
    }
    tick_ = sample.time;
    period_ = period;
    if (!grid_.begun()) {
        grid_.begin(tick_ - period);
    }
    table_.add(sample);
}

void RunTally::finish()
{
    if (table_.pending()) {
        end_tick();
    }
    end_interval();
}

void RunTally::end_tick()
{
    const Interval tick = table_.close(tick_, {});
    total_ = tick.total.total;
    peak_rss_bytes_ = std::max(peak_rss_bytes_, tick.total.last.rss_bytes);
    used_ += tick.total.delta;
    interval_ += tick.total.delta;
    if (grid_.reached(tick_, period_)) {
        end_interval();
    }
}

void RunTally::end_interval()
{
    const auto faults = [](const Usage& usage) { return usage.minor_faults + usage.major_faults; };
    if (faults(interval_) > faults(peak_)) {
        peak_ = interval_;
    }
    interval_ = {};
}

} // namespace mp3prof
