#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As in a chroot, here with modules but no headers; and status knows where it is.
. "$(dirname "$0")/../lib.sh"

another_system
inside dpkg -i "$MP3_DEB" > "$tmp/said" 2>&1 || fail "dpkg: $(cat "$tmp/said")"
says 'container or chroot; on its host run: sudo apt install ./mp3prof.deb$'
[[ ! -e /sys/module/mp3 ]] || fail "the module is loaded"
inside mp3prof status > "$tmp/status" || true # it cannot work here
cat -- "$tmp/status"
grep -E '^problem +.*container.*on its host: sudo apt install ./mp3prof.deb$' "$tmp/status"
