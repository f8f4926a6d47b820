// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <ctime>

namespace mp3prof
{

using std::chrono::nanoseconds;

// CLOCK_MONOTONIC, the clock of every time in the ring.
[[nodiscard]] inline nanoseconds monotonic_now()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::chrono::seconds(now.tv_sec) + nanoseconds(now.tv_nsec);
}

// What to add to a monotonic time now to get the time since 1970.
[[nodiscard]] inline nanoseconds realtime_offset()
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return std::chrono::seconds(now.tv_sec) + nanoseconds(now.tv_nsec) - monotonic_now();
}

// How long the machine has slept since it was booted, to the millisecond: two
// clocks are not read at once, and the answer is to be the same each time.
[[nodiscard]] inline nanoseconds time_asleep()
{
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::round<std::chrono::milliseconds>(
        std::chrono::seconds(now.tv_sec) + nanoseconds(now.tv_nsec) - monotonic_now());
}

} // namespace mp3prof
