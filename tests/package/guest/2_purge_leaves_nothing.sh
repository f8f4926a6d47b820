#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Neither the group, nor a word in dpkg's books.
. "$(dirname "$0")/lib.sh"

apt-get -q -y purge mp3prof > "$tmp/said" 2>&1
says_nothing
! getent group mp3prof || fail "the group is there"
! dpkg-query -W mp3prof 2> /dev/null || fail "dpkg knows it"
[[ -z $(compgen -G '/var/lib/dpkg/info/mp3prof.*') ]] || fail "dpkg has files of it"
