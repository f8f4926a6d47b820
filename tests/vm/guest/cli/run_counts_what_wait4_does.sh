#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The check line of run: the FINAL records are what wait4 charges.
. "$(dirname "$0")/lib.sh"
as alice

status_is 0 mp3prof run -- sh -c 'for i in 1 2 3 4 5; do ls -R /usr/share/doc > /dev/null; done'
has err 'check .*equal to wait4'
has err 'processes +6'
