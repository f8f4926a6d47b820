#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# apt upgrades the kernel: without another command the module is there for the
# new one, too. The running one keeps its own.
. "$(dirname "$0")/../lib.sh"

compgen -G '/srv/kernels/newer/linux-image-*.deb' > /dev/null ||
    skip "Debian's archive had one kernel of this release when the image was made"
cp /srv/kernels/newer.list /etc/apt/sources.list.d/
apt update
apt upgrade --with-new-pkgs
newer=$(find /boot -name 'vmlinuz-*' ! -name "vmlinuz-$running" -printf '%f\n' | sed 's/^vmlinuz-//')
[[ -n $newer ]] || fail "no newer kernel"
dkms_says "$newer" installed
dkms_says "$running" installed
[[ $(modinfo -k "$newer" -F version mp3) == "$version" ]]
[[ $(modinfo -k "$newer" -F vermagic mp3) == "$newer "* ]]
all_is_well
mkdir /share/out/boot
cp "/boot/vmlinuz-$newer" /share/out/boot/vmlinuz
cp "/boot/initrd.img-$newer" /share/out/boot/initrd.img
