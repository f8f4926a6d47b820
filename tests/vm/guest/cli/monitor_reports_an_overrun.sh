#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A monitor that slept too long says how many records it missed.
. "$(dirname "$0")/lib.sh"

sleep 1000 &
sleeper=$!
mp3prof register "$sleeper"
mp3prof monitor --csv -o rows.csv 2> err &
monitor=$!
wait_for more_rows_than 3
sleep 1000 &
other=$!
# Two records a pair of lines, and as many pairs as a write may hold.
for _ in $(seq 200); do printf 'R %d\nU %d\n' "$other" "$other"; done > lines
published() { mp3prof status --format json | grep -oE '"published": *[0-9]+' | grep -oE '[0-9]+'; }

kill -STOP "$monitor"
from=$(published)
capacity=$(cat /sys/module/mp3/parameters/ring_records)
while (( $(published) < from + capacity + 1000 )); do
    for _ in $(seq 50); do
        dd if=lines of=/proc/mp3/status bs=8192 conv=notrunc status=none
    done
done
kill -CONT "$monitor"
wait_for grep -q 'records missed' err
kill -TERM "$monitor"
wait "$monitor"
missed=$(grep -oE '[0-9]+ records missed' err | head -n 1 | cut -d' ' -f1)
between "records missed" 1000 "$missed" $(($(published) - from))
