#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

for command in $commands; do
    run_it 0 "$command" --help
    has "$out" "Example"
    has "$out" "mp3prof $command"
    [[ -z $err ]] || fail "mp3prof $command --help said on standard error: $err"
done
