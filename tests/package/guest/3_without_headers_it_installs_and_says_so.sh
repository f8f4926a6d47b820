#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# No headers of the running kernel: installed all the same, one line says what
# mends it.
. "$(dirname "$0")/lib.sh"

build=/lib/modules/$(uname -r)/build
mv "$build" "$build.away"
status=0
apt-get -q -y install "$MP3_DEB" > "$tmp/said" 2>&1 || status=$?
mv "$build.away" "$build"
(( status == 0 )) || fail "apt failed: $(cat "$tmp/said")"
says "no headers.*apt install linux-headers-$(uname -r) && sudo modprobe mp3"
dpkg-query -W -f '${db:Status-Status}\n' mp3prof | grep -x installed
mp3prof --version
apt-get -q -y purge mp3prof
