// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/signals.hpp"

#include <chrono>
#include <vector>

#include <sys/types.h>

namespace mp3prof
{

using std::chrono::nanoseconds;

// Children that do next to nothing, for as long as it lives; when it ends they
// are ended, and waited for. They also end when we are killed.
class Crowd
{
public:
    // Zero `pause`: they sleep. Otherwise each runs and takes a page fault,
    // again after each pause.
    [[nodiscard]] static Result<Crowd> fork(std::size_t count, nanoseconds pause,
                                            const Signals& signals);

    Crowd(Crowd&& other) noexcept = default;
    Crowd& operator=(Crowd&&) = delete;
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;
    ~Crowd();

    // In order.
    [[nodiscard]] const std::vector<pid_t>& pids() const { return pids_; }

private:
    Crowd() = default;
    std::vector<pid_t> pids_;
};

} // namespace mp3prof
