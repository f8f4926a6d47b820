#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# make FILE FAULTS: a recording of two slots with that many faults in each.
make()
{
    printf '%s %s 0 5\n' 1000 "$2" 1013 "$2" >"$tmp/data"
    run_it 0 import "$tmp/data" -o "$tmp/$1"
}

for run in 1 2 3; do
    make "old$run.rec" $((100 + run))
    make "new$run.rec" $((150 + run))
    make "same$run.rec" $((101 + run))
done

run_it 0 diff "$tmp/old1.rec" "$tmp/new1.rec"
grep -qE 'minor faults +202 +302 +\+49\.5 %$' "$tmp/out" || fail "the faults are not compared: $out"

run_it 0 diff "$tmp"/old1.rec,"$tmp"/old2.rec,"$tmp"/old3.rec \
    "$tmp"/new1.rec,"$tmp"/new2.rec,"$tmp"/new3.rec "$tmp"/same1.rec,"$tmp"/same2.rec,"$tmp"/same3.rec
grep -qE 'minor faults +204 ± 2 +304 ± 2 +\+49\.0 % \(differs\) +206 ± 2 +\+1\.0 % \(noise\)$' "$tmp/out" ||
    fail "the spread is not seen: $out"

run_it 0 diff --csv "$tmp/old1.rec" "$tmp/new1.rec"
has "$out" ",minflt,1,302.000000,0.000000,302.000000,302.000000,1.495050,"
run_it 0 diff --json "$tmp/old1.rec" "$tmp/new1.rec"
grep -qE '"figure":"minflt","runs":1,"mean":302.0,.*"ratio":1.49504.*,"difference":null' "$tmp/out" ||
    fail "other ratios: $out"
run_it 2 diff "$tmp/old1.rec"
has "$err" "mp3prof diff: FILE: nothing to compare with $tmp/old1.rec"
run_it 2 diff "$tmp/old1.rec," "$tmp/new1.rec"
has "$err" "'$tmp/old1.rec,' has an empty name in it"
