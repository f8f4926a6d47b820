#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A profiled process's counters in /proc count on.
. "$(dirname "$0")/lib.sh"
as alice

"$programs/burst" 4000 1500 &
burst=$!
mp3prof register "$burst"
faults() { awk '{ print $10 }' "/proc/$burst/stat"; }
before=$(faults)
wait_for mp3prof monitor -n 5 --csv -o /dev/null
now=$(faults)
between "minor faults of $burst go on" "$before" "$now" 100000
between "and were there" 1 "$before" 100000
wait "$burst"
