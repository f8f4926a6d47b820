// SPDX-License-Identifier: GPL-2.0-or-later
// Lines for /proc/mp3/status, and what is nearly some.
#pragma once

#include "hand.hpp"

namespace syscalls
{

// Fills `text`, without a zero at its end; returns its length.
std::size_t command_text(Hand& hand, char (&text)[600]);

} // namespace syscalls
