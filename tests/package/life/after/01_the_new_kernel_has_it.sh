#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# After the reboot, without a command: the module of the new kernel, loaded.
. "$(dirname "$0")/../lib.sh"

[[ ! -e /share/out/boot || $running != "$(cat "$MP3_FIRST_KERNEL")" ]] || fail "still $running"
all_is_well
dkms_says "$running" installed
