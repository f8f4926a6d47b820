#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Purging a kernel leaves no module for it.
. "$(dirname "$0")/../lib.sh"

other=$(cat "$MP3_FIRST_KERNEL")
[[ $other != "$running" ]] || skip "one kernel only"
apt purge "linux-image-$other" "linux-headers-$other"
[[ -z $(dkms status -m mp3prof -k "$other") ]] || fail "$(dkms status)"
[[ -z $(find /lib/modules/ -path "*/$other/*" -name 'mp3.ko*') ]] || fail "the module is there"
all_is_well
