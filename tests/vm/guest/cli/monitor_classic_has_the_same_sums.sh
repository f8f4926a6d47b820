#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# --format classic: four columns, whose sums are the csv's.
. "$(dirname "$0")/lib.sh"
as alice

sleep 1000 &
holder=$!
mp3prof register "$holder"
mp3prof monitor --until-idle --csv -o rows.csv &
csv=$!
mp3prof monitor --until-idle --format classic -o rows.classic &
classic=$!
wait_for test -s rows.csv
wait_for test -s rows.classic
mp3prof work 16 R 2000 --iterations 3 --pause 100ms > words
kill "$holder"
wait "$csv" "$classic"
same "rows that are not four numbers" "$(grep -cvE '^-?[0-9]+ [0-9]+ [0-9]+ [0-9]+$' rows.classic || [[ $? = 1 ]])" 0
same "minor faults" "$(awk '{ print $2 }' rows.classic | sum)" "$(rows rows.csv 'comm == "mp3prof"' minflt | sum)"
same "major faults" "$(awk '{ print $3 }' rows.classic | sum)" "$(rows rows.csv 1 majflt | sum)"
