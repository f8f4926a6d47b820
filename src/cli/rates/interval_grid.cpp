// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/interval_grid.hpp"

#include <algorithm>

namespace mp3prof
{

nanoseconds tick_for(nanoseconds interval, nanoseconds longest)
{
    const nanoseconds most = std::max(longest, nanoseconds(1));
    const std::int64_t ticks = interval / most + (interval % most == nanoseconds::zero() ? 0 : 1);
    return interval / std::max(ticks, std::int64_t{1});
}

void IntervalGrid::begin(nanoseconds at)
{
    anchor_ = at;
    passed_ = 0;
    begun_ = true;
}

nanoseconds IntervalGrid::tolerance(nanoseconds period) const
{
    return std::min(period, interval_) / 2;
}

nanoseconds IntervalGrid::first_end(nanoseconds period) const
{
    return next() - tolerance(period);
}

bool IntervalGrid::reached(nanoseconds now, nanoseconds period)
{
    const std::int64_t ended = (now - anchor_ + tolerance(period)) / interval_;
    if (ended <= passed_) {
        return false;
    }
    passed_ = ended;
    // Ticks are late or on time, never early: a tick before our line says that
    // the line was drawn from a late one.
    if (period == interval_ && now < anchor_ + interval_ * ended) {
        anchor_ = now - interval_ * ended;
    }
    return true;
}

} // namespace mp3prof
