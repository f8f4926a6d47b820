#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# In a chroot nothing is loaded into the kernel outside.
. "$(dirname "$0")/lib.sh"

another_system
mount -t proc proc "$other/proc"
chroot "$other" dpkg -i "$MP3_DEB" > "$tmp/said" 2>&1 || fail "dpkg failed: $(cat "$tmp/said")"
says 'container or chroot.*apt install ./mp3prof.deb'
[[ ! -e /sys/module/mp3 ]] || fail "the module is loaded"
