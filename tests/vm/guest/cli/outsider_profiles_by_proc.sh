#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Who is not in the group gets samples from /proc, and one line that says so.
. "$(dirname "$0")/lib.sh"
as bob

status_is 0 mp3prof run -- true
has err 'mp3prof: samples are from /proc'
has err 'usermod -aG mp3prof bob'
has err 'equal to wait4'
status_is 125 mp3prof run --source kernel -- touch ran
[[ ! -e ran ]] || fail "the command ran unprofiled"
