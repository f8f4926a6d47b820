#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The module, the device and every file go; the group stays until purge.
. "$(dirname "$0")/lib.sh"

apt-get -q -y remove mp3prof > "$tmp/said" 2>&1
says_nothing
[[ ! -e /sys/module/mp3 ]] || fail "the module is loaded"
[[ ! -e /dev/mp3 ]] || fail "the device is there"
getent group mp3prof || fail "the group is gone already"
find / -xdev -ignore_readdir_race \( -path /tests -o -path /tmp \) -prune -o \
    \( -name '*mp3prof*' -o -name 'mp3.*' \) -print > "$tmp/found"
! grep -v '^/var/lib/dpkg/info/mp3prof\.\|^/var/cache/\|^/var/log/' "$tmp/found" || fail "that is left"
