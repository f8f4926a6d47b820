#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

work=(work 1 R 1 --iterations 1 --pause 0s --no-register)
"$MP3PROF" "${work[@]}" >&- 2>"$tmp/err"
[[ $? == 1 ]] || fail "standard output closed: status is not 1"
has "$(<"$tmp/err")" "mp3prof: cannot write standard output: bad file descriptor"
"$MP3PROF" "${work[@]}" <&- 2>&- >"$tmp/out" || fail "standard input and error closed: status $?"
has "$(<"$tmp/out")" "0 iteration"
