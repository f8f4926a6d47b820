#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# status, for one who is not in the group: the line that mends it, and status 1.
. "$(dirname "$0")/lib.sh"
as bob

status_is 1 mp3prof status
cat out err > words
has words 'usermod -aG mp3prof bob'
