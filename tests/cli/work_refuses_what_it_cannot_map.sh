#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

: >"$tmp/empty"
head -c 5000 /dev/zero >"$tmp/small"
run_it 1 work all seq 1 --file "$tmp/empty" --no-register
has "$err" "cannot map $tmp/empty: it is empty"
run_it 1 work 1 seq 1 --file "$tmp/small" --no-register
has "$err" "cannot map 1.0M of $tmp/small: it has only 5000 bytes"
run_it 1 work 1 seq 1 --file "$tmp" --no-register
has "$err" "it is not a regular file"
run_it 1 work all window:8K 1 --file "$tmp/small" --no-register
has "$err" "a window of 8K is larger than the 5000 of memory"
