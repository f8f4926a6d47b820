#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# --until-idle ends at once when nothing is registered, else with the last process.
. "$(dirname "$0")/lib.sh"
as alice

status_is 0 timeout 60 mp3prof monitor --until-idle
sleep 2 &
sleeper=$!
mp3prof register "$sleeper"
status_is 0 timeout 60 mp3prof monitor --until-idle --csv
same "FINAL rows" "$(rows out 'final == 1 && exited == 1' pid)" "$sleeper"
