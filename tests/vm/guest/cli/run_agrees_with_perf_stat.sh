#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# perf stat, attached at the same moment, counts the same page faults.
. "$(dirname "$0")/lib.sh"

command -v perf > /dev/null || skip "perf is not installed"
# Held in its sleep, so that both begin to count at the same state of it.
"$programs/burst" 20000 3000 &
burst=$!
wait_for grep -q '^State:.S' "/proc/$burst/status"
kill -STOP "$burst"
wait_for grep -q '^State:.T' "/proc/$burst/status"
mp3prof register "$burst"
mp3prof monitor --until-idle --csv > rows.csv 2> err &
monitor=$!
wait_for test -s rows.csv
perf stat -x, -e minor-faults,major-faults -o perf.csv -p "$burst" 2> perf.err &
perf=$!
wait_for sh -c "readlink /proc/$perf/fd/* | grep -q perf_event"
kill -CONT "$burst"
wait "$burst"
wait "$perf"
wait "$monitor"
by_perf=$(awk -F, '/-faults/ { printf "%s ", $1 }' perf.csv)
between "faults that perf counted" 20000 "${by_perf%% *}" 20100
same "minor and major faults by perf and here" "$by_perf" \
    "$(rows rows.csv "final == 1 && pid == $burst" 'total_minflt " " total_majflt " "')"

# Within run, perf counts from the start of the program, run from the fork.
mp3prof run -i 50ms --csv -o run.csv -- \
    perf stat -x, -e minor-faults,major-faults -o perf.csv -- "$programs/burst" 20000 0 > told 2> err
by_perf=$(awk -F, '/minor-faults/ { print $1 }' perf.csv)
between "faults that perf counted from the start" 20000 "$by_perf" 20500
between "what run has more, of the fork in perf" 0 \
    $(($(rows run.csv 'final == 1 && comm == "burst"' total_minflt) - by_perf)) 500
