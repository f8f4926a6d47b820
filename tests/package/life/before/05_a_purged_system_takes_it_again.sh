#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The version before, as nothing had been.
. "$(dirname "$0")/../lib.sh"

apt install "$MP3_PREVIOUS_DEB"
says_nothing
device_is_there
[[ $(cat /sys/module/mp3/version) == "$previous" ]] || fail "not the module of the package"
