#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs gnuplot
seq 100 | csv_of work >"$tmp/a.csv"
run_it 0 plot "$tmp/a.csv" "$tmp/a.csv" --what faults --cumulative
has "$out" "Page faults since the begin: 2 recordings"
has "$out" "####a.csv"
has "$out" "5k |" # 1 + 2 + ... + 100 faults
has "$out" "time since the begin (s)"
[[ -z $err ]] || fail "it said: $err"
