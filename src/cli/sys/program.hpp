// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mp3prof
{

// Whether a program of this name is in the directories of PATH.
[[nodiscard]] bool is_installed(std::string_view program);

// Runs a program with `input` on its standard input and `out` as its standard
// output, until its end: its exit status as a shell has it, 127 when it is not
// there.
[[nodiscard]] Result<int> run_program(const std::vector<std::string>& words, std::string_view input,
                                      int out);

} // namespace mp3prof
