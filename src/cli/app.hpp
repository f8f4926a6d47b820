// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/command.hpp"

namespace mp3prof
{

// What the command line may be: mp3prof itself and all its commands.
void setup_app(CLI::App& app, Selected& selected);

// The whole program: picks the command, runs it, and is the one place that
// prints an error and decides the exit status.
[[nodiscard]] int run_app(int argc, const char* const* argv);

} // namespace mp3prof
