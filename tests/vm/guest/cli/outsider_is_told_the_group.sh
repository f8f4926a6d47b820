#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Who is not in the group gets one clear line, and status 1.
. "$(dirname "$0")/lib.sh"
as bob

status_is 1 mp3prof monitor
same "stdout" "$(cat out)" ""
same "lines of words" "$(wc -l < err)" 1
has err 'cannot open /dev/mp3: permission denied'
has err 'not in group mp3prof'
has err 'usermod -aG mp3prof bob'
