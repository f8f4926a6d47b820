// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"

#include <chrono>
#include <optional>

namespace mp3prof
{

using std::chrono::nanoseconds;

// Waits until a descriptor is readable (-1: none), for `deadline` in
// CLOCK_MONOTONIC (none: for ever), or for a signal; true when it is `wake_fd`.
[[nodiscard]] Result<bool> wait_readable(int fd, int wake_fd, std::optional<nanoseconds> deadline);

} // namespace mp3prof
