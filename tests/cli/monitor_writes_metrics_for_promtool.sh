#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs promtool
start_faults
run_it 0 monitor --source proc -p "$pid" -i 100ms -n 2 --format openmetrics -o "$tmp/mp3prof.prom"
[[ -z $out ]] || fail "it said: $out"
[[ $(stat -c %a "$tmp/mp3prof.prom") == 644 ]] || fail "not readable by all"
[[ $(tail -n 1 "$tmp/mp3prof.prom") == "# EOF" ]] || fail "no end"
promtool check metrics <"$tmp/mp3prof.prom" >"$tmp/lint" 2>&1 || fail "promtool: $(<"$tmp/lint")"
[[ ! -s $tmp/lint ]] || fail "promtool: $(<"$tmp/lint")"
run_it 0 monitor --source proc -p "$pid" -i 100ms -n 1 --format openmetrics
promtool check metrics <"$tmp/out" || fail "promtool does not take standard output"
