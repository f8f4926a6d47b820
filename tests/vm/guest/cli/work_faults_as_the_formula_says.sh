#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# work at random touches P(1-exp(-n/P)) pages; run counts the same as getrusage.
. "$(dirname "$0")/lib.sh"
as alice

mp3prof run -i 50ms --csv -o rows.csv -- mp3prof work 256 R 5000 --iterations 3 --pause 100ms > words 2> err
expected=$(awk 'BEGIN { P = 65536; n = 15000; printf "%d", P * (1 - exp(-n / P)) }')
faults=$(rows rows.csv 'final == 1 && comm == "mp3prof"' total_minflt)
# 34 is the standard deviation; the start of the program adds some hundreds.
between "minor faults" $((expected - 170)) "$faults" $((expected + 1200))
has err 'check .*equal to wait4'
same "iterations" "$(grep -c iteration words)" 3
