#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# In a chroot nothing is loaded into the kernel outside.
. "$(dirname "$0")/lib.sh"

# This system once more, as a chroot of its own, without headers to build for.
mkdir "$tmp/layer" "$tmp/root"
mount -t tmpfs tmpfs "$tmp/layer"
mkdir "$tmp/layer/upper" "$tmp/layer/work"
mount -t overlay -o "lowerdir=/,upperdir=$tmp/layer/upper,workdir=$tmp/layer/work" overlay "$tmp/root"
mount -t proc proc "$tmp/root/proc"
rm "$tmp/root/lib/modules/$(uname -r)/build"
status=0
chroot "$tmp/root" dpkg -i "$MP3_DEB" > "$tmp/said" 2>&1 || status=$?
umount "$tmp/root/proc" "$tmp/root" "$tmp/layer"
(( status == 0 )) || fail "dpkg failed: $(cat "$tmp/said")"
says 'container or chroot.*apt install ./mp3prof.deb'
[[ ! -e /sys/module/mp3 ]] || fail "the module is loaded"
