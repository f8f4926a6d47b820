#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Two monitors at different intervals agree on every total.
. "$(dirname "$0")/lib.sh"
as alice

sleep 1000 &
holder=$!
mp3prof register "$holder" # so that the monitors wait for what comes
mp3prof monitor -i 50ms --until-idle --csv -o fast.csv &
fast=$!
mp3prof monitor -i 700ms --until-idle --csv -o slow.csv &
slow=$!
wait_for test -s fast.csv
wait_for test -s slow.csv
"$programs/touch-pages" 1 10 > /dev/null
mp3prof work 32 R 3000 --iterations 5 --pause 200ms > words &
work=$!
wait "$work"
kill "$holder"
wait "$fast" "$slow"
for column in minflt majflt cpu_ns; do
    same "sum of $column" "$(rows fast.csv 'comm == "mp3prof"' "$column" | sum)" \
        "$(rows slow.csv 'comm == "mp3prof"' "$column" | sum)"
    same "total and sum of $column" "$(rows fast.csv 'final == 1 && comm == "mp3prof"' "total_$column")" \
        "$(rows fast.csv 'comm == "mp3prof"' "$column" | sum)"
done
between "faults of the workload" 5000 "$(rows slow.csv 'final == 1 && comm == "mp3prof"' total_minflt)" 9000
between "more rows at 50 ms" "$(($(wc -l < slow.csv) * 3))" "$(wc -l < fast.csv)" 100000
