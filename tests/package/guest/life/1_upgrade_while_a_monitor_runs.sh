#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The old module stays under a monitor's feet, and one line says so; once the
# monitor has ended, what that line says brings the new one.
. "$(dirname "$0")/../lib.sh"

old=$(cat /sys/module/mp3/version)
new=$(dpkg-deb -f "$MP3_NEXT_DEB" Version)
[[ $old != "$new" ]]
start_monitor
apt-get -q -y install "$MP3_NEXT_DEB" > "$tmp/said" 2>&1
says "module $old is in use and stays loaded.*modprobe -r mp3 && sudo modprobe mp3"
[[ $(cat /sys/module/mp3/version) == "$old" ]]
device_is_there
end_monitor
modprobe -r mp3
modprobe mp3
[[ $(cat /sys/module/mp3/version) == "$new" ]] || fail "not the new module"
udevadm settle
device_is_there
