#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Workloads that want twice the memory that they may have take about the major
# faults that are expected, in a cgroup of their own, and from the module.
. "$(dirname "$0")/lib.sh"

fallocate -l 256M swap
chmod 600 swap
mkswap swap > /dev/null
swapon swap
mp3prof study thrashing -L 1,3 --memory 64M -o study > out 2> err || fail "$(cat err)"
swapoff swap
grep -q '| Limit of the workloads | 64.0M together (cgroup ' study/report.md ||
    fail "another limit: $(cat study/report.md)"
has study/report.md 'memory, swapped'
# N, measured and expected major faults
awk -F, 'NR > 1 { print $3, $7, $9 }' study/study.csv | while read -r n measured expected; do
    echo "N = $n: $measured major faults, expected $expected"
    between "major faults of $n" $((expected / 2)) "$measured" $((expected * 2 + 200))
done
mp3prof report study/02-3x-random.rec > out
has out 'equal to wait4'
