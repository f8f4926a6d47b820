#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Where only signed modules are welcome, as under Secure Boot: installed all
# the same, one line says what mends it. There is no way back: the last case.
. "$(dirname "$0")/../lib.sh"

if lsmod | grep -q '^mp3 '; then modprobe -r mp3; fi
echo 1 > /sys/module/module/parameters/sig_enforce
apt install --reinstall "$MP3_DEB"
says 'Secure Boot.*mokutil --import /var/lib/dkms/mok.pub'
[[ ! -e /sys/module/mp3 ]] || fail "the module is loaded"
