#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A full disk ends a recording at once, with what is in it; a command goes on.
. "$(dirname "$0")/lib.sh"

mkdir small
mount -t tmpfs -o size=64K tmpfs small
sh -c 'while :; do ls -R /usr/share/doc > /dev/null; done' &
busy=$!
status_is 1 mp3prof record -i 1ms -f -p "$busy" -o small/full.rec
kill "$busy"
has err 'cannot write small/full.rec: no space left on device \(what was recorded until now can be read: mp3prof report small/full.rec\)'
status_is 0 mp3prof report small/full.rec
has err 'it was not completed'
has out '[1-9][0-9]* minor'

rm small/*
status_is 125 mp3prof record -i 1ms -o small/full.rec -- \
    sh -c 'timeout 6 sh -c "while :; do ls -R /usr/share/doc > /dev/null; done"; touch went_on'
has err 'no space left on device .*; the command goes on, unrecorded'
[[ -e went_on ]] || fail "the command did not go on"
status_is 0 mp3prof report small/full.rec
umount small

# A limit of its own is as good as a full disk; its signal ends nobody.
status_is 1 bash -c 'ulimit -f 1; exec mp3prof record --duration 1s -o limited.rec -p $$ '
has err 'file too large'
