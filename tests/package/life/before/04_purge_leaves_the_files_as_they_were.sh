#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Everything that installing, building, using and purging has left: only what
# is Debian's own bookkeeping.
. "$(dirname "$0")/../lib.sh"

apt purge mp3prof
says_nothing
listing > "$tmp/after"
diff "$MP3_LISTING" "$tmp/after" > "$tmp/diff" || (( $? == 1 )) # 1: they differ; some of it may
grep '^[<>]' "$tmp/diff" | grep -v -E -f <(sed -e '/^#/d' -e 's/^/ /' <<'END'
# logs and caches
/var/log/
/var/cache/
# dpkg's and apt's books; no file of ours among them
/var/lib/dpkg/[^/]*$
/var/lib/apt/
# copies of the user database that its tools keep
/etc/(passwd|shadow|group|gshadow|subuid|subgid)-$
# the machine's key to sign modules with: DKMS makes it once, for all of them
/var/lib/dkms/mok\.(key|pub)$
# random seed, timers
/var/lib/systemd/
# depmod's index of all modules
/(usr/)?lib/modules/[^/]*/modules\.[^/]*$
END
) && fail "left behind, or changed"
! getent group mp3prof || fail "the group is there"
[[ -z $(dkms status) ]] || fail "DKMS knows: $(dkms status)"
! dpkg-query -W mp3prof 2> /dev/null || fail "dpkg knows it"
