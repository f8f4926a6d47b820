#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# The command's child has rows of its own, with the FOLLOWED of a child and the
# PID of its parent. The command goes on until they are there.
run_it 0 run --source proc -i 10ms --csv -o "$tmp/rows" -- bash -c "
    echo \$\$ >$tmp/parent
    sleep 1000 &
    until grep -q ,sleep, $tmp/rows; do sleep 0.02; done
    kill \$!
    wait
    true"
awk -F, -v parent="$(<"$tmp/parent")" '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["comm"] == "sleep" && $at["ppid"] == parent && $at["followed"] == 1 { found = 1 }
    END { exit !found }' "$tmp/rows" || fail "no row of the child: $(<"$tmp/rows")"
