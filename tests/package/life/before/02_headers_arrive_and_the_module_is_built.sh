#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What status says mends it: DKMS builds the module as soon as it can.
. "$(dirname "$0")/../lib.sh"

mp3prof status > "$tmp/status" || true # it has a problem, that is the point
mend "$tmp/status"
dkms_says "$running" installed
all_is_well
apt install linux-headers-amd64 # the guest had it
