// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

namespace mp3prof
{

// The whole program: picks the command, runs it, and is the one place that
// prints an error and decides the exit status.
[[nodiscard]] int run_app(int argc, const char* const* argv);

} // namespace mp3prof
