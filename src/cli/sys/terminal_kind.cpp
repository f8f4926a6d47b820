// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/terminal_kind.hpp"

#include <unistd.h>

// Apart from all else: term.h has macros for names like lines and columns.
#include <curses.h>
#include <term.h>

namespace mp3prof
{

bool terminal_can_be_drawn_on()
{
    if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDOUT_FILENO) == 0) {
        return false;
    }
    int problem = 0;
    if (::setupterm(nullptr, STDOUT_FILENO, &problem) != OK) {
        return false;
    }
    const bool possible = cursor_address != nullptr;
    ::del_curterm(cur_term);
    return possible;
}

} // namespace mp3prof
