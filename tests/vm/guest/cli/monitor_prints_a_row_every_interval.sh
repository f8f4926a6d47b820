#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A member of the group sees a row every 50 ms.
. "$(dirname "$0")/lib.sh"
as alice

sleep 1000 &
sleeper=$!
mp3prof register "$sleeper"
mp3prof monitor -i 50ms -n 40 --csv -p "$sleeper" -o rows.csv
kill "$sleeper"
same "rows" "$(rows rows.csv 1 pid | wc -l)" 40
elapsed=$(rows rows.csv 1 elapsed_ns | sum)
# 40 ticks of 50 ms; the emulator may hold one back, it comes late, not never.
between "ms of 40 rows" 1900 $((elapsed / 1000000)) 2600
