#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# The live view: it draws, and its keys do what it says.
enter_terminal
press "$MP3PROF monitor --source proc -i 20ms -p $$,$PPID; echo \"status \$?\"" Enter
until_screen_has "(2 processes)"
has "$(screen)" "minflt/s majflt/s"
has "$(screen)" "bars: faults/s, one each 100ms"
[[ $(on_terminal display -p '#{alternate_on}') == 1 ]] || fail "the user's screen is drawn over"
for order in CPU RSS PID faults; do
    press s
    until_screen_has "s sort (by $order)"
done
press p
until_screen_has PAUSED
press p
until_screen_has "p pause"
on_terminal resize-window -x 60 -y 8
until_screen_has "bash"
for ((i = 0; i < 600; i++)); do
    [[ $(screen | tail -n 1) != q\ quit* || $(screen | wc -l) != 8 ]] || break
    sleep 0.05
done
((i < 600)) || fail "the keys are not in the last line of a smaller screen: $(screen)"
press q
until_screen_has "status 0"
[[ $(on_terminal display -p '#{alternate_on}') == 0 ]] || fail "the user's screen is not back"
has "$(on_terminal capture-pane -p -S -50)" "(2 processes)" # the last frame stays
