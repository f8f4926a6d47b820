#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

"$MP3PROF" work 1 R 1 --pause 100s --no-register >"$tmp/out" &
pid=$!
for ((i = 0; i < 1000; i++)); do
    grep -q "0 iteration" "$tmp/out" && break
    sleep 0.02
done
kill -INT "$pid"
wait "$pid"
[[ $? == 130 ]] || fail "status is not 130"
