#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What children that live for moments have used stays in their group, to the
# fault, as their parent's wait4 tells.
. "$(dirname "$0")/lib.sh"
as alice

mp3prof monitor -i 50ms --format openmetrics -o all.prom 2> err &
monitor=$!
wait_for test -s all.prom
mp3prof run -i 50ms --csv -o rows.csv -- "$programs/touch-pages" 50 2000 > told
kill -INT "$monitor"
wait "$monitor"

children=$(head -n -1 told | awk '{ print $2 }' | sum)
family=$(rows rows.csv 'final == 1' total_minflt | sum) # the parent, too
group=$(sed -n 's/^mp3prof_minor_faults_total{group="touch-pages"} //p' all.prom)
between "minor faults of the group" "$children" "${group:-0}" "$family"
has all.prom '^mp3prof_processes\{group="touch-pages"\} 0$'
