#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

[[ $(awk '/^SwapFree:/ { print $2 }' /proc/meminfo) == 0 ]] || skip "there is swap here"
run_it 1 study thrashing --memory 64M -o "$tmp/study"
has "$err" "cannot thrash: "
has "$err" "sudo swapon /swapfile"
has "$err" "--backing file"
[[ ! -e $tmp/study ]] || fail "it left something"
