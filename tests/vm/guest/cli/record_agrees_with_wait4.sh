#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What report tells of a recorded command is what wait4 charges, and its rows add
# up to it.
. "$(dirname "$0")/lib.sh"
as alice

status_is 0 mp3prof record -- sh -c 'for i in 1 2 3 4 5; do ls -R /usr/share/doc > /dev/null; done'
has err 'samples of 6 processes in mp3prof.rec \(mp3prof report\)'
status_is 0 mp3prof report
same "words of a sound recording" "$(cat err)" ""
has out 'check .*equal to wait4'
has out 'processes +6'
faults=$(sed -nE 's/^ +page faults +([0-9]+) minor.*/\1/p' out)
mp3prof report --csv > rows.csv
same "minor faults of the rows" "$(rows rows.csv 1 minflt | sum)" "$faults"
same "processes that ended in the rows" "$(rows rows.csv 'exited == 1' pid | wc -l)" 6

status_is 7 mp3prof record -o seven.rec -- sh -c 'exit 7'
status_is 0 mp3prof report seven.rec
has out 'exit status 7'
status_is 127 mp3prof record -o none.rec -- ./nothing_there
