#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# bench has a figure for everything, registers nothing but its own, and leaves
# nothing behind, also when it is interrupted.
. "$(dirname "$0")/lib.sh"
as alice

status_is 0 mp3prof bench -n 20 --duration 500ms --csv
for figure in sampler_active sampler_idle stat_kept stat_opened ring_record; do
    awk -F, -v figure="$figure" '$1 == figure && $2 == 20 && $3 > 0 { found = 1 } END { exit !found }' out ||
        fail "no $figure in: $(cat out)"
done
[[ ! -s /proc/mp3/status ]] || fail "still registered: $(cat /proc/mp3/status)"

sleep 1000 &
sleeper=$!
mp3prof register "$sleeper"
status_is 0 mp3prof bench -n 5 --duration 100ms
has out '^sampler: a process that slept'
has err 'an average over 1 more process'
registered "$sleeper" || fail "bench has unregistered what was not its own"

set -m
mp3prof bench --duration 1h > out 2> err &
bench=$!
set +m
more_than_one() { (( $(wc -l < /proc/mp3/status) > 1 )); }
wait_for more_than_one
kill -INT "$bench"
status=0
wait "$bench" || status=$?
same "exit status" "$status" 130
same "what is registered" "$(cat /proc/mp3/status)" "$sleeper"
[[ -z $(pgrep -u alice -x mp3prof) ]] || fail "children are left"
