#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Standard output is the command's alone; the report is on standard error, or in -o.
. "$(dirname "$0")/lib.sh"
as alice

status_is 0 mp3prof run -- echo hello
same "stdout" "$(cat out)" hello
has err 'page faults'
status_is 0 mp3prof run -o report -- sh -c 'echo hello; echo trouble >&2'
same "stdout with -o" "$(cat out)" hello
same "stderr with -o" "$(cat err)" trouble
has report 'page faults'
status_is 0 mp3prof run -i 50ms --csv -o rows.csv -- sh -c 'echo hello'
same "stdout with -i" "$(cat out)" hello
has rows.csv '^time,monotonic_ns,'
