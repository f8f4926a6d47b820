#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

start_faults
mkfifo "$tmp/pipe"
cat "$tmp/pipe" >"$tmp/read" &
run_it 0 monitor --source proc -p "$pid" -i 50ms -n 1 --format openmetrics -o "$tmp/pipe"
[[ -p $tmp/pipe ]] || fail "the pipe is gone"
wait_until grep -qx '# EOF' "$tmp/read"
