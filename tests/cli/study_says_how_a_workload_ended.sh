#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# stopped_by MESSAGE COMMAND...: a study ends so, as the command, which gets the PID
# of the second of its two workloads as its last word, is run beside it.
stopped_by()
{
    local message=$1
    shift
    local begin=$SECONDS
    "$MP3PROF" study multiprogramming -L 2 --memory 32M -o "$tmp/study" 2> "$tmp/err" &
    until pgrep -f -- "^$MP3PROF work 9M .* --seed 2\$" > "$tmp/pid"; do
        if grep -q 'cannot make a memory cgroup' "$tmp/err"; then
            skip "$(<"$tmp/err")"
        fi
        ((SECONDS - begin < 60)) || fail "it does not begin: $(<"$tmp/err")"
        sleep 0.05
    done
    "$@" "$(<"$tmp/pid")"
    local got=0
    wait $! || got=$?
    [[ $got == 1 ]] || fail "$*: status $got: $(<"$tmp/err")"
    has "$(tail -n 1 "$tmp/err")" "mp3prof: $message"
}

cut()
{
    : > "$tmp/study/workloads.txt"
}

stopped_by "a workload was killed, as the kernel does it when 2 of 9.0M do not go into 32.0M" kill -KILL
stopped_by "a workload failed with status 139; what it said is in $tmp/study/workloads.txt" kill -SEGV
stopped_by "$tmp/study/workloads.txt was cut while workloads wrote to it" cut
