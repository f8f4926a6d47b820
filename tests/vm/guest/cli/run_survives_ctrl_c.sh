#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Ctrl-C ends the command, and run still reports.
. "$(dirname "$0")/lib.sh"
as alice

set -m # a process group of its own, where SIGINT is not ignored
mp3prof run -- sleep 1000 2> err &
run=$!
set +m
wait_for pgrep -P "$run" -x sleep
kill -INT -- "-$run"
status=0
wait "$run" || status=$?
same "exit status" "$status" 130
has err 'wall time'
has err 'SIGINT|Interrupt|signal 2'
