#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# 64 MiB, touched over and over: nearly 16384 pages.
grep -q __asan_init "$MP3PROF" && skip "AddressSanitizer takes faults of its own"
touch_it=("$MP3PROF" work 64 R 200000 --iterations 3 --pause 300ms --no-register)
run_it 3 run --source proc --fail-if 'minflt>16K' --fail-if 'rss>60M for 100ms' -- "${touch_it[@]}"
has "$err" "mp3prof: 'minflt>16K' held at "
has "$err" "mp3prof: 'rss>60M for 100ms' held at "
run_it 0 run --source proc --fail-if 'minflt>32K' --fail-if 'rss>128M' -- "${touch_it[@]}"
