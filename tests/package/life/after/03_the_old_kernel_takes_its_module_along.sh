#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Purging a kernel leaves no module for it.
. "$(dirname "$0")/../lib.sh"

other=$(cat "$MP3_FIRST_KERNEL")
[[ $other != "$running" ]] || skip "one kernel only"
apt purge "linux-image-$other" "linux-headers-$other"
dkms status mp3prof > "$tmp/dkms"
! grep -F "$other" "$tmp/dkms" || fail "DKMS knows it"
[[ -z $(find /lib/modules/ -path "*/$other/*" -name 'mp3.ko*') ]] || fail "the module is there"
all_is_well
