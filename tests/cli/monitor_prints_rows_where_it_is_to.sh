#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# No live view where one is not wanted, or not possible.
enter_terminal
for way in "--plain" "NO_COLOR=1" "TERM=dumb" "TERM=unknown" "--csv" "-o $tmp/rows" "</dev/null"; do
    before="" after=""
    [[ $way == *=* ]] && before="env $way " || after=" $way"
    # '' keeps what is typed from looking like what is printed.
    press "clear; $before$MP3PROF monitor --source proc -p $$ -i 20ms -n 3$after; echo en''ded" Enter
    until_screen_has ended
    [[ $(on_terminal display -p '#{alternate_on}') == 0 ]] || fail "$way: it draws"
    if [[ $way != -o* ]]; then
        [[ $(on_terminal capture-pane -pJ | grep -cE '[ ,]bash') -ge 3 ]] || fail "$way: no rows: $(screen)"
    fi
    press "clear; echo go''ne" Enter
    until_screen_has gone
done
