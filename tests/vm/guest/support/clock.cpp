// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/clock.hpp"

#include <cerrno>
#include <ctime>

namespace guest
{

constexpr std::uint64_t ns_per_s = 1'000'000'000;

std::uint64_t now_ns()
{
    timespec ts{};
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return static_cast<std::uint64_t>(ts.tv_sec) * ns_per_s +
           static_cast<std::uint64_t>(ts.tv_nsec);
}

void sleep_until_ns(std::uint64_t when_ns)
{
    timespec ts{};
    ts.tv_sec = static_cast<time_t>(when_ns / ns_per_s);
    ts.tv_nsec = static_cast<long>(when_ns % ns_per_s);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, nullptr) == EINTR) {
    }
}

bool eventually(const std::function<bool()>& condition, std::chrono::seconds deadline)
{
    const std::uint64_t end = now_ns() + static_cast<std::uint64_t>(deadline.count()) * ns_per_s;
    for (;;) {
        if (condition())
            return true;
        if (now_ns() > end)
            return false;
        sleep_until_ns(now_ns() + 1'000'000);
    }
}

} // namespace guest
