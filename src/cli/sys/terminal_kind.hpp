// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

namespace mp3prof
{

// Whether standard input and output are a terminal, of a kind whose cursor can be
// moved. Of others, as of one that is not known here, nothing but lines is sure.
[[nodiscard]] bool terminal_can_be_drawn_on();

} // namespace mp3prof
