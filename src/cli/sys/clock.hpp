// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <ctime>

#include <sys/time.h>

namespace mp3prof
{

using std::chrono::nanoseconds;

[[nodiscard]] inline timespec timespec_of(nanoseconds time)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    return {.tv_sec = seconds.count(), .tv_nsec = (time - seconds).count()};
}

[[nodiscard]] inline nanoseconds duration_of(const timeval& time)
{
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

[[nodiscard]] inline nanoseconds read_clock(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return std::chrono::seconds(now.tv_sec) + nanoseconds(now.tv_nsec);
}

// CLOCK_MONOTONIC, the clock of every time in the ring.
[[nodiscard]] inline nanoseconds monotonic_now()
{
    return read_clock(CLOCK_MONOTONIC);
}

// The CPU time of this thread.
[[nodiscard]] inline nanoseconds own_cpu_time()
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

// What to add to a monotonic time now to get the time since 1970.
[[nodiscard]] inline nanoseconds realtime_offset()
{
    return read_clock(CLOCK_REALTIME) - monotonic_now();
}

// How long the machine has slept since it was booted, to the millisecond: two
// clocks are not read at once, and the answer is to be the same each time.
[[nodiscard]] inline nanoseconds time_asleep()
{
    return std::chrono::round<std::chrono::milliseconds>(read_clock(CLOCK_BOOTTIME) -
                                                         monotonic_now());
}

} // namespace mp3prof
