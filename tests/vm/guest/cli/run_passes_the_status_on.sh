#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The exit status of run is the command's, or says what went wrong.
. "$(dirname "$0")/lib.sh"
as alice

printf '#!/bin/sh\n' > not_executable
status_is 0 mp3prof run -- true
status_is 7 mp3prof run -- sh -c 'exit 7'
status_is 255 mp3prof run -- sh -c 'exit 255'
status_is 127 mp3prof run -- ./nothing_there
status_is 127 mp3prof run -- no-such-command-anywhere
status_is 126 mp3prof run -- ./not_executable
status_is 137 mp3prof run -- sh -c 'kill -KILL $$'
status_is 143 mp3prof run -- sh -c 'kill -TERM $$'
status_is 125 mp3prof run -o /nowhere/report -- true
status_is 125 mp3prof run -o /dev/full -- true
has err 'wall time'
status_is 7 mp3prof run -i 50ms -- sh -c 'exit 7'
status_is 7 mp3prof run --no-follow -- sh -c 'exit 7'
