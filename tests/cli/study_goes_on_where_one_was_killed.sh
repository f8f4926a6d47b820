#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# begin_study EXPERIMENT COMMAND...: until the command succeeds.
begin_study()
{
    local begin=$SECONDS experiment=$1
    shift
    : > "$tmp/err"
    # shellcheck disable=SC2086 # words are to be split
    env --default-signal=INT "$MP3PROF" study $experiment -L 4 --memory 32M -o "$tmp/study" 2> "$tmp/err" &
    until "$@"; do
        if grep -q 'cannot make a memory cgroup' "$tmp/err"; then
            skip "$(<"$tmp/err")"
        fi
        kill -0 $! 2> /dev/null || fail "it has ended: $(<"$tmp/err")"
        ((SECONDS - begin < 60)) || fail "it does not begin: $(<"$tmp/err")"
        sleep 0.01
    done
}

begin_study "thrashing --backing file" test -e "$tmp/study/data.1"
kill -KILL $!
wait $! 2> /dev/null
find /sys/fs/cgroup -name "mp3prof-study-$!" -exec rmdir {} +
[[ -e $tmp/study/data.1 ]] || fail "nothing is left to go on with"

begin_study multiprogramming grep -q ' x random' "$tmp/err"
kill -INT $!
got=0
wait $! || got=$?
[[ $got == 130 ]] || fail "status $got: $(<"$tmp/err")"
! compgen -G "$tmp/study/data.*" || fail "what the workloads mapped is left"
