#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every child's faults, as its parent's wait4 tells, are in run's csv to the fault.
. "$(dirname "$0")/lib.sh"
as alice

mp3prof run -i 50ms --csv -o rows.csv -- "$programs/touch-pages" 50 2000 > told 2> err
same "children" "$(head -n -1 told | wc -l)" 50
while read -r pid minor major _; do
    same "faults of child $pid" "$(rows rows.csv "final == 1 && pid == $pid" 'total_minflt " " total_majflt')" "$minor $major"
done < <(head -n -1 told)
has err 'check .*equal to wait4'
