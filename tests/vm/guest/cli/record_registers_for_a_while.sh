#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# record -p registers what is not registered, and leaves nothing behind; what
# somebody has registered stays so.
. "$(dirname "$0")/lib.sh"
as alice

sh -c 'while :; do ls -R /usr/share/doc > /dev/null; done' &
busy=$!
sleep 1000 &
sleeper=$!
mp3prof register "$sleeper"
status_is 0 mp3prof record -f -p "$busy,$sleeper" --duration 2s
registered "$sleeper" || fail "the sleeper's registration was ended"
same "registered processes" "$(wc -l < /proc/mp3/status)" 1
status_is 0 mp3prof report
has out " $busy .* sh$"
has out " $sleeper .* sleep$"
has out ' ls$'

# Until it ends.
mp3prof record -o end.rec -p "$busy" 2> err &
recorder=$!
wait_for registered "$busy"
kill "$busy"
wait "$recorder" || fail "status $?: $(cat err)"

# Until it is told to.
set -m
mp3prof record -o int.rec 2> err &
recorder=$!
set +m
wait_for test -s int.rec
kill -INT "$recorder"
wait "$recorder" || fail "status $?: $(cat err)"
status_is 0 mp3prof report int.rec
same "words of a sound recording" "$(cat err)" ""
status_is 1 mp3prof record -o none.rec -p 999999
has err 'cannot register process 999999: there is no such process'
[[ ! -e none.rec ]] || fail "an empty recording was left"
