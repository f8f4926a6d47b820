#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

for signal in INT TERM; do
    start_faults
    start_export --source proc -p "$pid"
    kill "-$signal" "$exporter"
    wait "$exporter" || fail "SIG$signal: status $?"
    [[ $(wc -l <"$tmp/export.err") == 1 ]] || fail "more than a line: $(<"$tmp/export.err")"
done
