#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# No headers of the running kernel: installed all the same; one line says what
# is missing and what mends it, and so does status.
. "$(dirname "$0")/../lib.sh"

apt purge 'linux-headers-*'
apt install "$MP3_DEB"
says "kernel $running_pattern has no headers here; run: sudo apt install linux-headers-$running_pattern && sudo modprobe mp3$"
[[ ! -e /sys/module/mp3 && ! -e /dev/mp3 ]] || fail "the module is loaded"
dpkg-query -W -f '${db:Status-Status}\n' mp3prof | grep -x installed
status_says "headers of the running kernel $running_pattern are missing: sudo apt install linux-headers-$running_pattern && sudo modprobe mp3$"
