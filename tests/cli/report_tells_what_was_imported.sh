#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# The sums of the columns, and of CPU time in jiffies of 4 ms.
run_it 0 import "$(dirname "$0")/classic.data" -o "$tmp/a.rec"
run_it 0 report "$tmp/a.rec"
has "$out" "page faults    50000 minor, 3 major"
has "$out" "CPU time       0.172 s"
has "$out" "peak interval  30121 minor, 0 major in 50ms"
[[ -z $err ]] || fail "a sound recording has a flaw: $err"

# Row by row what it was made of, in the order of time.
run_it 0 report --format classic "$tmp/a.rec"
diff <(grep -v '^-1' "$(dirname "$0")/classic.data" | sort) "$tmp/out" ||
    fail "the file (<) and the recording (>) differ"
run_it 0 report --csv -i 100ms "$tmp/a.rec"
[[ $(wc -l <"$tmp/out") -lt 6 ]] || fail "rows were not put together: $out"
run_it 2 report --csv "$tmp/a.rec" "$tmp/a.rec"
has "$err" "one recording at a time"
