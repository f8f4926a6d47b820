#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A daemon that outlives the command is named, and does not hold run up.
. "$(dirname "$0")/lib.sh"
as alice

status_is 3 timeout 60 mp3prof run -- sh -c 'setsid sleep 271828 > /dev/null 2>&1 < /dev/null & exit 3'
daemon=$(pgrep -f 'sleep 271828')
kill "$daemon"
has err "still running +$daemon \("
