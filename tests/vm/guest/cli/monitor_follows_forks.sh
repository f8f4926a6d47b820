#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# monitor --follow has what a followed process forks, beside it and nothing else.
. "$(dirname "$0")/lib.sh"
as alice

mkfifo go
bash -c 'read -r _ < go; sleep 2; true' &
shell=$!
sleep 1000 &
other=$!
mp3prof register --follow "$shell" "$other"
mp3prof monitor -f -p "$shell" --csv -o rows.csv &
monitor=$!
wait_for test -s rows.csv
echo > go
wait_for grep -q ,sleep, rows.csv
kill -INT "$monitor"
wait "$monitor"
same "parents of sleep" "$(rows rows.csv 'comm == "sleep"' ppid | sort -u)" "$shell"
