#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Each PID that fails is named with its reason, the others are registered.
. "$(dirname "$0")/lib.sh"
as alice

sleep 1000 &
good=$!
sleep 0 &
gone=$!
wait "$gone"
status_is 1 mp3prof register "$gone" "$good" 2 1
registered "$good" || fail "$good is not registered"
same "lines of words" "$(wc -l < err)" 3
has err "$gone.*no such process"
has err 'process 2: .*kernel thread'
has err 'process 1: .*(permission denied|another user)'
status_is 1 mp3prof register "$good"
has err "$good.*registered already"
status_is 0 mp3prof unregister "$good"
status_is 1 mp3prof unregister "$good"
has err "$good.*not registered"
kill "$good"
