#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Few of the twenty live long enough to be seen; each takes more than 30 faults.
# shellcheck disable=SC2016 # for the shell that is run
many=(sh -c 'i=0; while [ $i -lt 20 ]; do /bin/true; i=$((i+1)); done')
run_it 0 run --source proc -r 3 --csv -o - -- "${many[@]}"
has "$err" "peaks and processes are as seen in /proc: short-lived ones may be missing"
awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["minflt"] < 600 { few = 1 }
    END { exit few || NR != 4 }' "$tmp/out" || fail "fewer faults than were charged: $out"
run_it 0 run --source proc -r 1 -- true
has "$err" "mp3prof: true: 1 run"
has "$err" "(peaks and processes are as seen in /proc: short-lived ones may be missing)"
