#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# register --follow: a running shell's later children are counted from birth.
. "$(dirname "$0")/lib.sh"
as alice

mkfifo go
bash -c "read -r _ < go; '$programs/touch-pages' 3 500 > told" &
shell=$!
mp3prof register --follow "$shell"
mp3prof monitor --until-idle --csv -o rows.csv &
monitor=$!
wait_for test -s rows.csv
echo > go
wait "$shell" "$monitor"
while read -r pid minor _; do
    same "faults of child $pid" "$(rows rows.csv "final == 1 && followed == 1 && pid == $pid" total_minflt)" "$minor"
done < <(head -n -1 told)
