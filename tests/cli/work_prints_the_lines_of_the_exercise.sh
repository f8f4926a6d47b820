#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

"$MP3PROF" work 2 L 1000 --iterations 3 --pause 1ms --no-register >"$tmp/out" &
pid=$!
wait "$pid" || fail "status $?"
diff - "$tmp/out" <<EOF || fail "other lines than the exercise's"
A work prcess starts (configuration: 2 1 1000)
[$pid] 0 iteration
[$pid] 1 iteration
[$pid] 2 iteration
EOF
