#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A reader that goes away ends a monitor without a word.
. "$(dirname "$0")/lib.sh"
as alice

sleep 1000 &
sleeper=$!
mp3prof register "$sleeper"
mp3prof monitor --csv 2> err | head -n 3 > out
kill "$sleeper"
same "rows" "$(wc -l < out)" 3
same "words" "$(cat err)" ""
