#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# 50 short children of 2000 pages each: all here, no row of pidstat.
. "$(dirname "$0")/lib.sh"
as alice

command -v pidstat > /dev/null || skip "pidstat (sysstat) is not installed"
pidstat -r 30 1 > pidstat.out & # all that happens between two samples
pidstat=$!
wait_for grep -q '^Linux' pidstat.out
wait_for grep -q '^State:.S' "/proc/$pidstat/status"
mp3prof run -i 50ms --csv -o rows.csv -- "$programs/touch-pages" 50 2000 > told 2> err
kill -0 "$pidstat" || skip "this machine is too slow for pidstat's interval"
wait "$pidstat"
same "children here" "$(rows rows.csv 'final == 1 && exited == 1 && total_minflt >= 2000' pid | sort -u | wc -l)" 50
same "rows of pidstat for them" "$(grep -c touch-pages pidstat.out || [[ $? = 1 ]])" 0
