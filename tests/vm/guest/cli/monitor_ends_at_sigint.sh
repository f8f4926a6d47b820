#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SIGINT ends a monitor with whole rows and status 0.
. "$(dirname "$0")/lib.sh"
as alice

sleep 1000 &
sleeper=$!
mp3prof register "$sleeper"
set -m
mp3prof monitor --csv > rows.csv 2> err &
monitor=$!
set +m
wait_for more_rows_than 5
kill -INT "$monitor"
status=0
wait "$monitor" || status=$?
kill "$sleeper"
same "exit status" "$status" 0
columns=$(head -n 1 rows.csv | tr -cd , | wc -c)
same "rows that are cut" "$(awk -F, -v n="$((columns + 1))" 'NF != n' rows.csv | wc -l)" 0
