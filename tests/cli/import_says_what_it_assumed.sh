#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 0 import "$(dirname "$0")/classic.data" -o "$tmp/a.rec"
has "$err" "5 slots of 50ms; HZ 250 (a slot every 13 jiffies"
has "$err" "CPU time in jiffies"
has "$err" "the circle had wrapped"
has "$err" "1 unused slot passed over"

run_it 0 import "$(dirname "$0")/classic.data" -o "$tmp/a.rec" --hz 1000 --cpu-unit ns
has "$err" "HZ 1000 (as told), CPU time in nanoseconds (as told)"
[[ -s $tmp/a.rec.old ]] || fail "the recording that was there is gone"

printf '1000 1 0 5\n' >"$tmp/one"
run_it 0 import "$tmp/one" -o "$tmp/one.rec"
has "$err" "one: 1 slot of 50ms"

run_it 1 import "$SOURCE/README.md" -o "$tmp/b.rec"
has "$err" "cannot import $SOURCE/README.md: line 1 is not four whole numbers"
[[ ! -e $tmp/b.rec ]] || fail "a recording was made of nothing"
run_it 1 import "$tmp" -o "$tmp/b.rec"
has "$err" "cannot read $tmp: is a directory"
run_it 1 import "$tmp/none" -o "$tmp/b.rec"
has "$err" "cannot read $tmp/none: no such file or directory"
