#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# The first line is read, then nobody reads: it must not go on for 1000 s.
"$MP3PROF" work 1 R 1 --iterations 100000 --pause 10ms --no-register 2>"$tmp/err" | head -n 1 >"$tmp/out"
status=${PIPESTATUS[0]}
[[ $status == 0 ]] || fail "status $status"
[[ ! -s $tmp/err ]] || fail "it said: $(<"$tmp/err")"
