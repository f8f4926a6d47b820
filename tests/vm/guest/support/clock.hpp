// SPDX-License-Identifier: GPL-2.0-or-later
// Time, and waiting for a condition instead of guessing how long it takes.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace guest
{

// A deadline that only a broken machine misses, also under emulation.
constexpr std::chrono::seconds patience{60};

// CLOCK_MONOTONIC, in ns: the clock of every record.
std::uint64_t now_ns();

// Sleeps until CLOCK_MONOTONIC reaches `when_ns`.
void sleep_until_ns(std::uint64_t when_ns);

// Tries `condition` every millisecond; false when the deadline passed first.
bool eventually(const std::function<bool()>& condition, std::chrono::seconds deadline = patience);

} // namespace guest
