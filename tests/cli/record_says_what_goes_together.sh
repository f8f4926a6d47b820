#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 2 record -p 1 -- true
has "$err" "--pid: does not go with a COMMAND"
run_it 2 record --duration 1s -- true
run_it 2 record -f
run_it 2 record --no-follow
has "$err" "goes with a COMMAND only"
run_it 2 record -o - -- true
has "$err" "a recording goes to a file"
