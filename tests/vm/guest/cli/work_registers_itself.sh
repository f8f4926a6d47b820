#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# work alone is profiled between its registration and its end.
. "$(dirname "$0")/lib.sh"
as alice

sleep 1000 &
holder=$!
mp3prof register "$holder"
mp3prof monitor --until-idle --csv -o rows.csv &
monitor=$!
wait_for test -s rows.csv
mp3prof work 64 L 5000 --iterations 3 --pause 100ms > words
kill "$holder"
wait "$monitor"
same "FINAL rows" "$(rows rows.csv 'final == 1 && comm == "mp3prof"' exited)" 0
# One access in five is random: 3000 of 16384 pages, and some at page borders.
expected=$(awk 'BEGIN { P = 16384; n = 3000; printf "%d", P * (1 - exp(-n / P)) }')
between "minor faults" $((expected - 150)) "$(rows rows.csv 'final == 1 && comm == "mp3prof"' total_minflt)" $((expected * 2))
[[ ! -s /proc/mp3/status ]] || fail "left registered: $(cat /proc/mp3/status)"
