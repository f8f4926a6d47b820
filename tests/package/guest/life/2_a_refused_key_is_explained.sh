#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Where only signed modules are welcome, as under Secure Boot: installed all
# the same, one line says what mends it. There is no way back: the last case.
. "$(dirname "$0")/../lib.sh"

modprobe -r mp3
echo 1 > /sys/module/module/parameters/sig_enforce
apt-get -q -y install --reinstall "$MP3_NEXT_DEB" > "$tmp/said" 2>&1 || fail "apt failed: $(cat "$tmp/said")"
says 'Secure Boot.*mokutil --import /var/lib/dkms/mok.pub'
[[ ! -e /sys/module/mp3 ]] || fail "the module is loaded"
