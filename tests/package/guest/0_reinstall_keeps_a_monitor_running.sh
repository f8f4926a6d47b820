#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The same version again: the module stays loaded, the monitor goes on.
. "$(dirname "$0")/lib.sh"

start_monitor
apt-get -q -y --reinstall install "$MP3_DEB" > "$tmp/said" 2>&1
says_nothing
device_is_there
end_monitor
