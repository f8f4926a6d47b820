#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Without the module: a row an interval, until the process has ended.
sleep 1000 &
pid=$!
"$MP3PROF" monitor --source proc -i 10ms -p "$pid" --csv -o "$tmp/rows" &
monitor=$!
until (($(wc -l <"$tmp/rows") > 3)); do sleep 0.02; done 2>/dev/null
kill "$pid"
wait "$monitor" || fail "status $?"
awk -F, -v pid="$pid" '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["pid"] != pid || $at["comm"] != "sleep" { wrong = 1 }
    { first += $at["first"]; exited += $at["exited"] }
    END { exit wrong || first != 1 || exited != 1 || $at["final"] != 1 }' "$tmp/rows" ||
    fail "not the rows of one process from its first to its last: $(<"$tmp/rows")"

run_it 0 monitor --source proc -n 1 -p $$ --format classic
[[ $out =~ ^[0-9]+\ [0-9]+\ [0-9]+\ [0-9]+$ ]] || fail "not the four columns: $out"
run_it 1 monitor --source proc -p 4194304
has "$err" "mp3prof: cannot watch process 4194304: there is no such process (ps -e "
