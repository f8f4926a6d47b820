#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# --dump prints what the ring still holds, and ends.
. "$(dirname "$0")/lib.sh"
as alice

"$programs/burst" 3000 2000 &
burst=$!
mp3prof register "$burst"
wait "$burst"
wait_for sh -c "! grep -qx $burst /proc/mp3/status"
sleep 1
status_is 0 timeout 60 mp3prof monitor --dump --csv
between "faults in the dump" 3000 "$(rows out "final == 1 && pid == $burst" total_minflt)" 3200
