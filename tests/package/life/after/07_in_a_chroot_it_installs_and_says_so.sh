#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Without /lib/modules of the running kernel, and nothing is loaded into it.
. "$(dirname "$0")/../lib.sh"

modprobe -r mp3
another_system
mount -t proc proc "$other/proc"
chroot "$other" dpkg -i "$MP3_DEB" > "$tmp/said" 2>&1 || fail "dpkg: $(cat "$tmp/said")"
says 'container or chroot; on its host run: sudo apt install ./mp3prof.deb$'
[[ ! -e /sys/module/mp3 ]] || fail "the module is loaded"
