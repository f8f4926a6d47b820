#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 0 import "$(dirname "$0")/classic.data" -o "$tmp/a.rec"
head -c -300 "$tmp/a.rec" >"$tmp/cut.rec" # half of the last sample, and what is behind it
run_it 0 report "$tmp/cut.rec"
has "$out" "page faults    49850 minor, 3 major"
has "$out" "ticks          -, 0 records missed"
has "$err" "cut.rec: it was not completed"
has "$err" "its last 84 bytes are no whole entry"
[[ $(wc -l <"$tmp/err") == 1 ]] || fail "more than a line: $err"
"$MP3PROF" report - <"$tmp/cut.rec" >"$tmp/out" 2>"$tmp/err" || fail "it cannot be read from a pipe"
has "$(<"$tmp/err")" "standard input: it was not completed"
