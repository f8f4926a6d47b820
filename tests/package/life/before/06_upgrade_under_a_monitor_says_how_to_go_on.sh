#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The old module stays under a monitor's feet. apt, run and status say so in a
# line each, and count right; what the line says brings the new module.
. "$(dirname "$0")/../lib.sh"

usermod -aG mp3prof alice
start_monitor
apt install "$MP3_DEB"
says "module $previous is in use and stays loaded.*modprobe -r mp3 && sudo modprobe mp3$"
cp "$tmp/said" "$tmp/upgrade"
[[ $(cat /sys/module/mp3/version) == "$previous" ]] || fail "not the old module"
device_is_there
counts_right
run_says "module $previous is still loaded, mp3prof $version is installed: sudo modprobe -r mp3 && sudo modprobe mp3$"
status_says "module $previous is still loaded, mp3prof $version is installed: sudo modprobe"
end_monitor

# Who is registered and not looked at is counted on, too.
sleep 1000 &
mp3prof register $!
/var/lib/dpkg/info/mp3prof.postinst configure "$previous" > "$tmp/said" 2>&1
says "module $previous is in use and stays loaded"
grep -qx $! /proc/mp3/status || fail "the registration is gone"
kill $!
wait $! || true # of SIGTERM
mend "$tmp/upgrade"
[[ $(cat /sys/module/mp3/version) == "$version" ]] || fail "not the new module"
all_is_well
