#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

got=0
"$MP3PROF" study multiprogramming -L 2 --memory 32M -o "$tmp/study" > "$tmp/out" 2> "$tmp/err" || got=$?
if grep -q 'cannot make a memory cgroup' "$tmp/err"; then
    skip "$(<"$tmp/err")"
fi
[[ $got == 0 ]] || fail "status $got: $(<"$tmp/err")"
[[ -e $tmp/study/report.html && -e $tmp/study/completion.gp && -e $tmp/study/02-2x-random.rec ]] ||
    fail "it left $(ls "$tmp/study")"
touch "$tmp/study/notes.txt" "$tmp/mark"

# Nothing of it could be taken for the next one's, which does not get to its end.
env --default-signal=INT "$MP3PROF" study locality --memory 32M -o "$tmp/study" 2> "$tmp/err" &
until grep -q '^1/25: ' "$tmp/err"; do
    kill -0 $! 2> /dev/null || fail "it has ended: $(<"$tmp/err")"
    sleep 0.02
done
kill -INT $!
got=0
wait $! || got=$?
[[ $got == 130 ]] || fail "status $got: $(<"$tmp/err")"
old=$(find "$tmp/study" -type f ! -newer "$tmp/mark")
[[ $old == "$tmp/study/notes.txt" ]] || fail "of the earlier one are left: $old"
