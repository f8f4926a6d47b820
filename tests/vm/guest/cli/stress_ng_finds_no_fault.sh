#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# stress-ng's stressors of devices and of /proc, on our files alone, while a
# workload is followed: nothing breaks, and its figures are right.
. "$(dirname "$0")/lib.sh"

command -v stress-ng > /dev/null || skip "there is no stress-ng"
export seconds=20

# stress-ng reads whatever /proc has: here one that has our folder and nothing else.
only_ours() {
    mkdir ours
    mount --bind /proc/mp3 ours
    mount -t tmpfs none /proc
    mkdir /proc/mp3
    mount --move ours /proc/mp3
    stress-ng --procfs 2 --timeout "$seconds" --metrics-brief
}
export -f only_ours

stress-ng --dev 2 --dev-file /dev/mp3 --timeout "$seconds" --metrics-brief > dev 2>&1 &
dev=$!
unshare --mount bash -euc only_ours > procfs 2>&1 &
procfs=$!
sleep 3
mp3prof run -i 50ms --csv -o rows.csv -- "$programs/touch-pages" 50 2000 > told 2> err
has err 'check .*equal to wait4'
wait "$dev" || fail "stress-ng --dev: $(cat dev)"
wait "$procfs" || fail "stress-ng --procfs: $(cat procfs)"
cat dev procfs
# Rounds made, by its own count; 0 where it found nothing to attack.
has dev 'dev +[1-9][0-9]* '
has procfs 'procfs +[1-9][0-9]* '
has dev 'successful run completed'
has procfs 'successful run completed'
