#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

mkdir "$tmp/mine"
touch "$tmp/mine/thesis.txt"
echo "my notes" > "$tmp/mine/workloads.txt"
run_it 1 study locality --memory 32M -o "$tmp/mine"
has "$err" "it is not empty, nor of an earlier study"
[[ $(<"$tmp/mine/workloads.txt") == "my notes" && $(find "$tmp/mine" -type f | wc -l) == 2 ]] ||
    fail "it wrote there"
