#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Nothing is read from a ring of another major version: one line says why and
# what mends it.
. "$(dirname "$0")/../lib.sh"

modprobe -r mp3
insmod "$MP3_MODULES/major.ko"
udevadm settle
status=0
mp3prof run -- touch "$tmp/was-run" 2> "$tmp/ran" || status=$?
cat -- "$tmp/ran"
(( status == 125 )) || fail "status $status"
[[ ! -e $tmp/was-run ]] || fail "the command ran, unprofiled"
run_says 'module speaks ABI 2\.0, this mp3prof speaks ABI 1\..*: sudo modprobe -r mp3 && sudo modprobe mp3$'
! mp3prof monitor --count 1 || fail "monitor reads it"
status_says "module 2\.major is still loaded, mp3prof $version is installed: sudo modprobe"
mend "$tmp/ran"
all_is_well
