#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every child's faults, as its parent's wait4 tells, are in run's csv to the fault.
. "$(dirname "$0")/lib.sh"
as alice

mp3prof run -i 50ms --csv -o rows.csv -- "$programs/touch-pages" 50 2000 > told 2> err
same "children" "$(head -n -1 told | wc -l)" 50
head -n -1 told | awk '{ print $1, $2, $3 }' | sort > by_wait4
rows rows.csv 'final == 1' 'pid " " total_minflt " " total_majflt' | sort > here
same "children whose faults are not here as wait4 has them" "$(comm -23 by_wait4 here)" ""
has err 'check .*equal to wait4'
