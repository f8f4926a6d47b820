#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# udev gives the device its owner, group and mode.
. "$(dirname "$0")/lib.sh"

same "ls -l /dev/mp3" "$(stat -c '%F %U:%G %a' /dev/mp3)" "character special file root:mp3prof 660"
