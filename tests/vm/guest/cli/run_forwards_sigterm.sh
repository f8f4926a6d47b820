#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SIGTERM to run goes to the command; run reports its end.
. "$(dirname "$0")/lib.sh"
as alice

mp3prof run -- sh -c 'trap "echo caught; exit 9" TERM; while :; do sleep 0.1; done' > out 2> err &
run=$!
wait_for pgrep -P "$run" -x sh
wait_for pgrep -x sleep # the trap is set
kill -TERM "$run"
status=0
wait "$run" || status=$?
same "exit status" "$status" 9
same "the command's words" "$(cat out)" caught
has err 'wall time'
