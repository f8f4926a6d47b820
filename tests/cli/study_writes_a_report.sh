#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

grep -q __asan_init "$MP3PROF" && skip "AddressSanitizer takes faults of its own"
got=0
"$MP3PROF" study multiprogramming -L 1,2 --memory 32M -o "$tmp/study" >"$tmp/out" 2>"$tmp/err" || got=$?
err=$(<"$tmp/err")
if [[ $err == *"cannot make a memory cgroup"* ]]; then
    has "$err" "sudo mp3prof study"
    skip "$err"
fi
[[ $got == 0 ]] || fail "status $got: $err"
has "$err" "2/2: 2 x random"
[[ $(wc -l <"$tmp/study/study.csv") == 3 ]] || fail "not two rows: $(<"$tmp/study/study.csv")"
# Faults as expected, to five standard deviations.
awk -F, 'NR > 1 && ($6 - $8 < -5 * $16 || $6 - $8 > 5 * $16) { exit 1 }' "$tmp/study/study.csv" ||
    fail "other faults than expected: $(<"$tmp/study/study.csv")"
has "$(<"$tmp/study/report.md")" "| Limit of the workloads | 32.0M together"
has "$(<"$tmp/study/report.html")" "</html>"
for script in utilisation completion time; do
    [[ -s $tmp/study/$script.gp ]] || fail "no script $script.gp for gnuplot"
done
# The recording of each group has what the table says, and the programs' starts.
while IFS=, read -r -a row; do
    run_it 0 report "$tmp/study/${row[14]}"
    has "$out" "mp3prof work 9M random"
    faults=$(sed -n 's/^  page faults *\([0-9]*\) minor.*/\1/p' "$tmp/out")
    ((faults >= row[5] && faults < row[5] + 3000)) || fail "${row[*]}: recorded are $faults"
done < <(tail -n +2 "$tmp/study/study.csv")
if command -v gnuplot >/dev/null; then
    has "$(<"$tmp/study/report.html")" "<svg"
fi
