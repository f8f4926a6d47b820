// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/usage.hpp"

namespace mp3prof
{

Rates rates_of(const Usage& delta, nanoseconds elapsed)
{
    if (elapsed <= nanoseconds::zero()) {
        return {};
    }
    const auto ns = static_cast<double>(elapsed.count());
    const auto per_second = [&](std::uint64_t count) {
        return static_cast<double>(count) * 1e9 / ns;
    };
    const auto percent = [&](std::uint64_t cpu) { return static_cast<double>(cpu) * 100 / ns; };
    return Rates{
        .minor_per_s = per_second(delta.minor_faults),
        .major_per_s = per_second(delta.major_faults),
        .user_percent = percent(delta.user_ns),
        .system_percent = percent(delta.system_ns()),
        .cpu_percent = percent(delta.cpu_ns),
    };
}

} // namespace mp3prof
