#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A monitor holds the module; its device falls to nobody. What the line says
# ends it.
. "$(dirname "$0")/../lib.sh"

usermod -aG mp3prof alice
start_monitor
apt purge mp3prof
says 'the module is in use and stays loaded; when its users have ended, run: sudo rmmod mp3$'
[[ $(stat -c '%U:%G %a' /dev/mp3) == 'root:root 600' ]] || fail "$(ls -l /dev/mp3)"
! getent group mp3prof || fail "the group is there"
end_monitor
mend "$tmp/said"
[[ ! -e /sys/module/mp3 && ! -e /dev/mp3 ]] || fail "the module is loaded"
