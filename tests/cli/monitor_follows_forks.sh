#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# What a process forks while it is monitored has rows, too; what it had forked
# before has none.
bash -c "sleep 1000 & echo \$! >$tmp/before; until [[ -e $tmp/go ]]; do sleep 0.02; done
    tail -f /dev/null & echo \$! >$tmp/after; wait" &
parent=$!
until [[ -s $tmp/before ]]; do sleep 0.02; done
"$MP3PROF" monitor --source proc -i 10ms -f -p "$parent" --csv -o "$tmp/rows" &
monitor=$!
until (($(wc -l <"$tmp/rows") > 1)); do sleep 0.02; done 2>/dev/null
touch "$tmp/go"
until grep -q ,tail, "$tmp/rows"; do sleep 0.02; done
kill "$(<"$tmp/before")" "$(<"$tmp/after")"
wait "$monitor" || fail "status $?"
! cut -d, -f4 "$tmp/rows" | grep -qx "$(<"$tmp/before")" || fail "it has taken a child from before"
