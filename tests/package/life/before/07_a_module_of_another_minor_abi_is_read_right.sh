#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Larger records and a larger header, as a later module may have: told, and read
# to the last fault.
. "$(dirname "$0")/../lib.sh"

modprobe -r mp3
insmod "$MP3_MODULES/minor.ko"
udevadm settle
counts_right
run_says "module 1\.minor is still loaded, mp3prof $version is installed: sudo modprobe -r mp3 && sudo modprobe mp3$"
mp3prof status | grep 'module .*1\.minor, loaded, ABI 1\.1$'
mend "$tmp/ran"
all_is_well
