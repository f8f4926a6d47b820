#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Two processes with one PID, one after the other: two rows of totals, each exact.
. "$(dirname "$0")/lib.sh"

mp3prof run -i 10ms --csv -o rows.csv -- "$programs/reuse-pid" 500 700 > told 2> err
read -r pid first second < told
finals=$(rows rows.csv "final == 1 && pid == $pid" 'start_ns " " total_minflt')
same "processes with PID $pid" "$(wc -l <<< "$finals")" 2
same "different starts" "$(cut -d' ' -f1 <<< "$finals" | sort -u | wc -l)" 2
same "their faults" "$(sort -n <<< "$finals" | cut -d' ' -f2 | paste -sd' ')" "$first $second"
same "sum over the rows" "$(rows rows.csv "pid == $pid" minflt | sum)" $((first + second))
same "absurd rows" "$(rows rows.csv 'minflt > 100000 || cpu_percent > 1000 || cpu_percent < 0' pid | wc -l)" 0
has err 'check .*equal to wait4'
