#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 7 run --source proc --fail-if 'wall>0s' -- sh -c 'sleep 0.1; exit 7'
has "$err" "mp3prof: 'wall>0s' held at "
run_it 127 run --source proc --fail-if 'wall>=0s' -- no-such-command-here
