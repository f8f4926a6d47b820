#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

grep -q __asan_init "$MP3PROF" && skip "AddressSanitizer takes faults of its own"
enabled=$(cat /sys/kernel/mm/transparent_hugepage/enabled 2>/dev/null)
[[ $enabled == *"["[am]* ]] || skip "huge pages are off: $enabled"

run_it 0 work 64 seq 2000 --iterations 1 --pause 0s --no-register --thp always
has "$err" "pages of 2.0M"
measured=$(sed -nE 's/^measured +([0-9]+) faults: .*/\1/p' <<<"$err")
# Where no huge page was free, it has small ones.
((measured < 2000)) || skip "no huge page was to be had"
