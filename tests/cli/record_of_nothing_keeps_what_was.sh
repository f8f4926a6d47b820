#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 0 record --source proc -o "$tmp/a.rec" -- true
cp "$tmp/a.rec" "$tmp/good"
for _ in 1 2; do
    run_it 127 record --source proc -o "$tmp/a.rec" -- "$tmp/nosuch"
    cmp "$tmp/good" "$tmp/a.rec" || fail "the recording is another"
done
run_it 127 record --source proc -o "$tmp/b.rec" -- "$tmp/nosuch"
[[ ! -e $tmp/b.rec ]] || fail "a recording of nothing"
