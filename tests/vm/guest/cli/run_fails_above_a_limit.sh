#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A limit is judged by every fault, those of children that live for moments
# included.
. "$(dirname "$0")/lib.sh"
as alice

status_is 0 mp3prof run -- "$programs/touch-pages" 20 500
faults=$(sed -nE 's/^ *check .* ([0-9]+) minor .*/\1/p' err)
status_is 3 mp3prof run --fail-if 'minflt>=10000' -- "$programs/touch-pages" 20 500
has err "mp3prof: 'minflt>=10000' held at "
status_is 0 mp3prof run --fail-if "minflt>$((faults * 2))" -- "$programs/touch-pages" 20 500
