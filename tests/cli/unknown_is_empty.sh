#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# /proc does not tell how often all threads of a process were switched.
run_it 0 monitor --source proc -p $$ -n 2 --csv
awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["nvcsw"] != "" || $at["nivcsw"] != "" || $at["minflt"] == "" || $at["swap_bytes"] == "" { wrong = 1 }
    END { exit wrong || NR != 3 }' "$tmp/out" || fail "not empty, or empty without need: $out"
run_it 0 monitor --source proc -p $$ -n 1 --json
has "$out" '"nvcsw":null,"nivcsw":null'
