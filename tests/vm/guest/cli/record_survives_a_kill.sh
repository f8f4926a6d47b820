#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A recorder that is killed leaves what it has recorded up to the last moments.
. "$(dirname "$0")/lib.sh"
as alice

sh -c 'while :; do ls -R /usr/share/doc > /dev/null; done' &
busy=$!
mp3prof register --follow "$busy"
mp3prof record 2> err &
recorder=$!
entries() {
    local said
    said=$(mp3prof report 2>&1 > /dev/null | sed -nE 's/.*; ([0-9]+) entr.*/\1/p')
    (( ${said:-0} > 50 ))
}
wait_for entries
kill -KILL "$recorder"
wait "$recorder" || true # of SIGKILL
kill "$busy"
status_is 0 mp3prof report
has err 'mp3prof.rec: it was not completed \(the recorder was killed, or still runs\)'
has out '[1-9][0-9]* minor'
head -c -50 mp3prof.rec > cut.rec
status_is 0 mp3prof report cut.rec
has err 'its last 78 bytes are no whole entry'
