#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Who may make no cgroup gets one from the systemd of his login, which limits him.
. "$(dirname "$0")/lib.sh"

XDG_RUNTIME_DIR=/run/user/$(id -u alice)
export XDG_RUNTIME_DIR
if [[ $(id -un) == root ]]; then
    install -d -o alice -m 700 "$XDG_RUNTIME_DIR"
    systemd-run --quiet --unit=mp3-login --uid=alice -p Delegate=yes -p Type=notify \
        --setenv=XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR" /lib/systemd/systemd --user
fi
as alice

mp3prof study multiprogramming -L 1,2 --memory 32M -o study > out 2> err || fail "$(cat err)"
grep -q "a scope of the user's systemd" study/report.md || fail "another limit: $(cat study/report.md)"
same "recordings" "$(find study -name '*.rec' | wc -l)" 2
mp3prof report study/02-2x-random.rec > out
has out 'equal to wait4'
# The limit holds: who wants more than it is killed.
status_is 137 systemd-run --user --scope --quiet -p MemoryMax=32M -p MemorySwapMax=0 -- \
    mp3prof work 64 seq 16384
