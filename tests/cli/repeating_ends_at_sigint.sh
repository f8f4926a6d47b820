#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# The command takes the signal, and ends well.
# shellcheck disable=SC2016 # the inner shell's
env --default-signal=INT "$MP3PROF" run --source proc -r 3 -- \
    bash -c 'trap "kill \$!; exit 0" INT; sleep 60 & echo >> "$1"; wait' bash "$tmp/runs" 2> "$tmp/err" &
run=$!
begin=$SECONDS
until [[ -s $tmp/runs ]]; do
    ((SECONDS - begin < 60)) || fail "it does not begin: $(<"$tmp/err")"
    sleep 0.1
done
sleep 0.3
kill -INT $run
wait $run || fail "status $?: $(<"$tmp/err")"
[[ $(wc -l < "$tmp/runs") == 1 ]] || fail "it went on"
has "$(<"$tmp/err")" "stopped after 0 of 3 runs"
