#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Few of the twenty live long enough to be seen; each takes more than 30 faults.
# shellcheck disable=SC2016 # for the shell that is run
many=(sh -c 'i=0; while [ $i -lt 20 ]; do /bin/true; i=$((i+1)); done')
run_it 0 record --source proc -i 10ms -o "$tmp/short.rec" -- "${many[@]}"
run_it 0 record --source proc -i 500ms -o "$tmp/long.rec" -- "${many[@]}"

run_it 0 diff "$tmp/short.rec" "$tmp/long.rec"
has "$out" "(the recordings differ in interval (10ms, 500ms): peaks are not compared)"
has "$out" "(peaks and processes are as seen in /proc: short-lived ones may be missing)"
grep -qE '^peak faults/s +[0-9]+ +- *$' "$tmp/out" || fail "the peaks are compared: $out"
awk '/^minor faults / { exit $3 < 600 || $4 < 600 }' "$tmp/out" ||
    fail "fewer faults than were charged: $out"

run_it 0 diff --json "$tmp/short.rec" "$tmp/long.rec"
has "$err" "mp3prof: the recordings differ in interval (10ms, 500ms)"
[[ $out != *differ\ in* ]] || fail "a note among the rows: $out"
run_it 0 diff "$tmp/long.rec" "$tmp/long.rec"
[[ $out != *"differ in"* ]] || fail "a recording differs from itself: $out"
