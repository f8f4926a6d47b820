#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

[[ $(stat -f -c %T /dev/shm 2>/dev/null) == tmpfs && -w /dev/shm ]] || skip "no tmpfs at /dev/shm"
file=$(mktemp /dev/shm/mp3prof-XXXXXX)
trap 'rm -f "$file"; clean_up' EXIT
head -c 1M /dev/zero >"$file"
run_it 0 work all seq 10 --file "$file" --iterations 1 --pause 0s --no-register
has "$err" "takes no major faults: its file system keeps files in memory"
has "$err" ", 0 major"
