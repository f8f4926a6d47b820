#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Column for column the same rows from the module and from /proc, and the same
# faults of a command that is looked at as it ends.
. "$(dirname "$0")/lib.sh"
as alice

for source in kernel proc; do
    status_is 0 mp3prof run --source "$source" -i 50ms --csv -o "$source.csv" -- dd if=/dev/zero of=/dev/null bs=1M count=20
    has err 'equal to wait4'
done
same "columns" "$(head -n 1 proc.csv)" "$(head -n 1 kernel.csv)"
same "rows without all fields" "$(awk -F, 'NF != 32' proc.csv | wc -l)" 0
[[ -n $(rows kernel.csv "final == 1" nvcsw) ]] || fail "the module does not tell switches"
[[ -z $(rows proc.csv "final == 1" nvcsw) ]] || fail "/proc tells switches of all threads"
