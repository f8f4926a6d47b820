#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# In a shell that runs one kernel, for the other: none of its own gets in.
. "$(dirname "$0")/../lib.sh"

other=$(cat "$MP3_FIRST_KERNEL")
[[ $other != "$running" ]] || skip "one kernel only"
dkms remove "mp3prof/$version" -k "$other"
dkms build "mp3prof/$version" -k "$other"
dkms_says "$other" built
dkms install "mp3prof/$version" -k "$other"
dkms_says "$other" installed
[[ $(modinfo -k "$other" -F vermagic mp3) == "$other "* ]]
