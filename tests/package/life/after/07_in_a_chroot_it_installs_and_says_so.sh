#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# One without any /lib/modules; and nothing is loaded into the running kernel.
. "$(dirname "$0")/../lib.sh"

modprobe -r mp3
another_system
rm -r "$other"/lib/modules
mount -t proc proc "$other/proc"
chroot "$other" dpkg -i "$MP3_DEB" > "$tmp/said" 2>&1 || fail "dpkg: $(cat "$tmp/said")"
says 'container or chroot; on its host run: sudo apt install ./mp3prof.deb$'
[[ ! -e /sys/module/mp3 ]] || fail "the module is loaded"
# What may be the host's device stays as it is.
mknod -m 660 "$other/dev/mp3" c 1 3
chroot "$other" chown root:mp3prof /dev/mp3
before=$(stat -c '%u:%g %a' "$other/dev/mp3")
chroot "$other" dpkg --purge mp3prof
[[ $(stat -c '%u:%g %a' "$other/dev/mp3") == "$before" ]] || fail "the device has changed"
