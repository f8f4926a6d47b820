#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Whatever ends or stops the live view, the terminal is as it was.
enter_terminal
press "stty -a > $tmp/before" Enter
pid_of_monitor()
{
    pgrep -f "^$MP3PROF monitor --source proc -p $$"
}
is_back()
{
    until_screen_has "$1"
    [[ $(on_terminal display -p '#{alternate_on} #{cursor_flag}') == "0 1" ]] || fail "$1: the screen is not back"
    press "clear; stty -a > $tmp/after; echo as''ked" Enter
    until_screen_has asked
    diff "$tmp/before" "$tmp/after" || fail "$1: the terminal has other settings"
    press clear Enter
}
run_monitor()
{
    press "$MP3PROF monitor --source proc -p $$; echo \"$1 \$?\"" Enter
    until_screen_has "(1 process)"
}

run_monitor interrupted
press C-c
is_back "interrupted 0"
for signal in TERM HUP QUIT; do
    run_monitor "$signal"
    kill -s "$signal" "$(pid_of_monitor)"
    is_back "$signal 0"
done
run_monitor stopped
press C-z
is_back Stopped
press fg Enter
until_screen_has "(1 process)"
[[ $(on_terminal display -p '#{alternate_on}') == 1 ]] || fail "it does not draw when it goes on"
press q
is_back "ready>"
press "$MP3PROF monitor --source proc -p $$ -n 2; echo \"counted \$?\"" Enter
is_back "counted 0"
