#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 0 import "$(dirname "$0")/classic.data" -o "$tmp/a.rec"
run_it 0 report "$tmp/a.rec"
has "$out" "page faults    50000 minor, 3 major"
[[ $out != *1970* && $out != *RSS* && $out != *user* && $out != *PID* ]] || fail "it knows too much: $out"
run_it 0 report --csv "$tmp/a.rec"
[[ $(awk -F, 'NR == 2 { print $1 $4 $5 $6 $16 $17 "/" $30 $31 $32 }' "$tmp/out") == / ]] ||
    fail "not empty: $out"
cp "$tmp/out" "$tmp/a.csv"
run_it 0 report --total "$tmp/a.rec"
[[ $(awk 'NR == 2 { print $1 }' "$tmp/out") == - ]] || fail "a time of day is known: $out"
run_it 0 diff "$tmp/a.rec" "$tmp/a.rec"
grep -qE '^peak RSS +- +- *$' "$tmp/out" || fail "a memory is known: $out"
grep -qE '^CPU user +- +- *$' "$tmp/out" || fail "the parts of CPU time are known: $out"
grep -qE '^CPU time +0\.172 s +0\.172 s +=$' "$tmp/out" || fail "CPU time is not compared: $out"
for file in a.rec a.csv; do
    run_it 1 plot --what rss -o "$tmp/a.svg" "$tmp/$file"
    has "$err" "its source did not know it"
    run_it 0 plot --script "$tmp/$file"
    ! grep 1970 "$tmp/a.gp" || fail "a date is known"
done
