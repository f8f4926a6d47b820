#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Seven groups have ended when it comes: as many lines, or one more.
env --default-signal=INT "$MP3PROF" study locality --memory 32M -o "$tmp/study" 2> "$tmp/err" &
study=$!
until grep -q '^8/25: ' "$tmp/err"; do
    if grep -q 'cannot make a memory cgroup' "$tmp/err"; then
        skip "$(<"$tmp/err")"
    fi
    kill -0 $study 2> /dev/null || fail "it has ended: $(<"$tmp/err")"
    sleep 0.02
done
kill -INT $study
got=0
wait $study || got=$?
[[ $got == 130 ]] || fail "status $got: $(<"$tmp/err")"
lines=$(($(wc -l < "$tmp/study/study.csv") - 1))
((lines >= 7 && lines < 25)) || fail "$lines groups in $(<"$tmp/study/study.csv")"
has "$(<"$tmp/err")" "stopped after $lines of 25 groups; their figures are in $tmp/study/study.csv"
