// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ring/sample.hpp"

#include <chrono>
#include <deque>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace mp3prof::test
{

using namespace std::chrono_literals;

inline constexpr Stage first{.first = true};
inline constexpr Stage final{.final = true};
inline constexpr Stage exited{.final = true, .exited = true};
inline constexpr Stage whole_life{.first = true, .final = true, .exited = true, .followed = true};
inline constexpr Stage born{.first = true, .followed = true};

// A sample of process `pid` that started at `pid` seconds.
inline Sample sample_of(pid_t pid, nanoseconds time, std::uint64_t minor_faults, Stage stage = {})
{
    Sample sample;
    sample.pid = pid;
    sample.start = std::chrono::seconds(pid);
    sample.time = time;
    sample.minor_faults = minor_faults;
    sample.stage = stage;
    sample.comm = "p" + std::to_string(pid);
    return sample;
}

// Keeps samples until the end of the tests, as a source keeps them for a while.
inline std::span<const Sample> kept(std::vector<Sample> samples)
{
    static std::deque<std::vector<Sample>> all;
    return all.emplace_back(std::move(samples));
}

} // namespace mp3prof::test
