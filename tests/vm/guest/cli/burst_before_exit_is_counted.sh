#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# 50000 faults just before the exit are all in the FINAL record; pidstat sees none.
. "$(dirname "$0")/lib.sh"
as alice

command -v pidstat > /dev/null || skip "pidstat (sysstat) is not installed"
pidstat -r 30 1 > pidstat.out &
pidstat=$!
wait_for grep -q '^Linux' pidstat.out
wait_for grep -q '^State:.S' "/proc/$pidstat/status"
mp3prof run -i 100ms --csv -o rows.csv -- "$programs/burst" 50000 1000 2> err
kill -0 "$pidstat" || skip "this machine is too slow for pidstat's interval"
wait "$pidstat"
between "faults in the FINAL record" 50000 "$(rows rows.csv 'final == 1 && comm == "burst"' total_minflt)" 50200
has err 'check .*equal to wait4'
same "rows of pidstat for it" "$(grep -c burst pidstat.out || [[ $? = 1 ]])" 0
