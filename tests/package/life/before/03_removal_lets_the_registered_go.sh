#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A registered process does not hold the module, and runs on.
. "$(dirname "$0")/../lib.sh"

sleep 1000 &
mp3prof register --follow $!
apt remove mp3prof
says_nothing
[[ ! -e /sys/module/mp3 && ! -e /dev/mp3 ]] || fail "the module is loaded"
kill -0 $! || fail "the process is gone"
