#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 0 run --source proc -- true
run_it 7 run --source proc -- sh -c 'exit 7'
run_it 137 run --source proc -- sh -c 'kill -KILL $$'
run_it 127 run --source proc -- no-such-command-anywhere
run_it 126 run --source proc -- /
run_it 7 run --source proc --no-follow -- sh -c 'exit 7'
run_it 7 run --source proc -i 10ms -- sh -c 'exit 7'
run_it 125 run --source proc -i 9ms -- touch "$tmp/ran"
has "$err" "cannot sample every 9ms: the shortest interval of /proc is 10ms"
[[ ! -e $tmp/ran ]] || fail "the command ran unprofiled"
