#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs gnuplot
seq 100 | csv_of work >"$tmp/a.csv"
run_it 0 plot "$tmp/a.csv" "$tmp/a.csv" --what faults --cumulative
has "$out" "Page faults since the begin: 2 recordings"
has "$out" "####a.csv"
has "$out" "5k |" # 1 + 2 + ... + 100 faults
has "$out" "time since the begin (s)"
[[ -z $err ]] || fail "it said: $err"

# A process that starts and exits, with major faults: two panels. Their marks are
# above the axis, not in its row, and the numbers beside it have room.
seq 100 | csv_of work |
    sed -E 's/,7,1,0,1,/,7,1,0,3500000000,/; s/,0,0,0,0,([0-9]+),0,/,0,0,0,0,\1,\1,/; 90,$s/,0,0,0,0,/,0,0,1,0,/' >"$tmp/b.csv"
run_it 0 plot "$tmp/b.csv" --what faults --cumulative
panels=$(grep -vE 'start of a process|  exit' <<<"$out")
[[ $panels == *I* && $panels == *J* ]] || fail "no marks: $out"
numbers=$(grep -oE '[0-9]+k [|+]' <<<"$out" | tr -dc '0-9\n' | paste -sd' ')
[[ $numbers == "4 2 0 4 2 0" ]] || fail "numbers at the axes are $numbers: $out"
