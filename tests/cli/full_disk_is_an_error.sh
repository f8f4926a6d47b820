#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

for option in --help --version; do
    "$MP3PROF" "$option" >/dev/full 2>"$tmp/err"
    [[ $? == 1 ]] || fail "$option: status is not 1"
    has "$(<"$tmp/err")" "mp3prof: cannot write standard output: no space left on device"
done
"$MP3PROF" work 1 R 1 --iterations 1 --pause 0s --no-register >/dev/full 2>"$tmp/err"
[[ $? == 1 ]] || fail "status is not 1"
has "$(<"$tmp/err")" "mp3prof: cannot write standard output: no space left on device"
