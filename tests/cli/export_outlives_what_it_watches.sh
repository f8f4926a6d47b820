#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs curl
start_faults
start_export --source proc -i 100ms -p "$pid"
faults() { curl -sS "$site/metrics" | sed -n 's/^mp3prof_minor_faults_total{group="bash"} //p'; }
grown() { [[ $(faults) -gt 0 ]]; }
gone() { curl -sS "$site/metrics" | grep -q '^mp3prof_processes{group="bash"} 0$'; }
wait_until grown
before=$(faults)
kill "$pid"
wait_until gone
[[ $(faults) -ge $before ]] || fail "the counter went back"
