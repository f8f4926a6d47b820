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
# Such a scope is one that limits: the memory is his systemd's to give.
# shellcheck disable=SC2016 # the inner shell's
systemd-run --user --scope --quiet -p MemoryMax=32M -- \
    sh -c 'cat "/sys/fs/cgroup$(cut -d: -f3 /proc/self/cgroup)/memory.max"' > limit
same "the limit of a scope" "$(cat limit)" $((32 << 20))
