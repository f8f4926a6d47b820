#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# A job in the background has SIGINT ignored.
env --default-signal=INT "$MP3PROF" study multiprogramming -L 2 --memory 32M -o "$tmp/study" 2> "$tmp/err" &
study=$!
begin=$SECONDS
until pgrep -f "^$MP3PROF work 9M .* --seed 2\$" > /dev/null; do # of two, which last two seconds
    if grep -q 'cannot make a memory cgroup' "$tmp/err"; then
        skip "$(<"$tmp/err")"
    fi
    ((SECONDS - begin < 60)) || fail "it does not begin: $(<"$tmp/err")"
    sleep 0.05
done
kill -INT $study
got=0
wait $study || got=$?
[[ $got == 130 ]] || fail "status $got: $(<"$tmp/err")"
! pgrep -f "^$MP3PROF work 9M" > /dev/null || fail "workloads run on"
