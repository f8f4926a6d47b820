#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 3 run --source proc --fail-if 'wall>=50ms' --fail-if 'wall>1h' -- sleep 0.2
has "$err" "mp3prof: 'wall>=50ms' held at "
[[ $err != *"'wall>1h'"* ]] || fail "told what did not hold: $err"
run_it 3 run --source proc --fail-if 'processes>0' -- sleep 0.2
run_it 0 run --source proc --fail-if 'minflt>1G' --fail-if 'rss>1T for 1s' -- sleep 0.2
