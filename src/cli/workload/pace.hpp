// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace mp3prof
{

using std::chrono::nanoseconds;

// So many accesses a second, from a time on. Absolute: what was late is made up
// for, and nothing adds up.
class Pace
{
public:
    // A rate above 0.
    explicit Pace(std::uint64_t per_second) : per_second_(per_second) {}

    // How many may have been made, `elapsed` since the begin; the first at once.
    [[nodiscard]] std::uint64_t due(nanoseconds elapsed) const
    {
        return 1 + static_cast<std::uint64_t>(Wide{static_cast<std::uint64_t>(elapsed.count())} *
                                              per_second_ / second);
    }

    // When the access of this index, which counts from 0, is due.
    [[nodiscard]] nanoseconds time_of(std::uint64_t index) const
    {
        return nanoseconds(
            static_cast<std::int64_t>((Wide{index} * second + per_second_ - 1) / per_second_));
    }

private:
    __extension__ using Wide = unsigned __int128;
    static constexpr std::uint64_t second = 1'000'000'000;
    std::uint64_t per_second_;
};

} // namespace mp3prof
