// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace mp3prof
{

// Bytes of others (a process name, a command) as text for a terminal: control
// characters, and bytes that are no UTF-8, become '?'.
[[nodiscard]] std::string printable(std::string_view text);

} // namespace mp3prof
