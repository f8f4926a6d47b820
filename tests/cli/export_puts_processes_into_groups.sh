#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs curl
start_faults
start_export --source proc -i 100ms -p "$pid" --group 'shells=^(ba|z)?sh$' --group db=postgres
has_shell() { curl -sS "$site/metrics" | grep -q '^mp3prof_processes{group="shells"} 1$'; }
wait_until has_shell
has "$(curl -sS "$site/metrics")" 'mp3prof_processes{group="db"} 0'
