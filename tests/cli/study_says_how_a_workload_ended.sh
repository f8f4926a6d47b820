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
    [[ $(tail -n 1 "$tmp/err") == "mp3prof: $message"* ]] || fail "no '$message' in: $(<"$tmp/err")"
    ! grep -v '^[12]/2: \|^mp3prof: ' "$tmp/err" || fail "other words than its own"
}

cut()
{
    : > "$tmp/study/workloads.txt"
}

# As systemd ends a scope of which the kernel has killed a process.
end_the_scope()
{
    local shell
    shell=$(ps -o ppid= -p "$1")
    kill -KILL "$1"
    kill -TERM "${shell// /}"
}

killed="a workload was killed, as the kernel does it where 2 of 9.0M need more than 32.0M (give"
stopped_by "$killed" kill -KILL
stopped_by "$killed" end_the_scope
stopped_by "a workload failed with status 138; what it said is in $tmp/study/workloads.txt" kill -USR1
stopped_by "$tmp/study/workloads.txt was cut while workloads wrote to it" cut
