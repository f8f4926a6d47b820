#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# After the purge, once more, as on a fresh machine: the recommended headers
# come with the package, and in time.
. "$(dirname "$0")/../lib.sh"

apt purge 'linux-headers-*'
apt install -o APT::Install-Recommends=true "$MP3_DEB"
says_nothing
dkms_says "$running" installed
all_is_well
