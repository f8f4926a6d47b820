#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

grep -q __asan_init "$MP3PROF" && skip "AddressSanitizer takes faults of its own"

# Beside the program, as /tmp may have no disk.
file=$(mktemp "$(dirname "$MP3PROF")/data-XXXXXX")
trap 'rm -f "$file"; clean_up' EXIT
head -c 4M /dev/urandom >"$file"
sum=$(cksum <"$file")
run_it 0 work all seq 700 --file "$file" --iterations 1 --pause 0s --no-register
if [[ $err == *"no major fault"* ]]; then
    skip "$err"
fi
# Read-ahead is off: each page is a major fault of its own.
has "$err" "expected 700 faults"
major=$(sed -nE 's/^measured .* ([0-9]+) major.*/\1/p' <<<"$err")
((major >= 690 && major <= 700)) || fail "$major major faults: $err"
[[ $(cksum <"$file") == "$sum" ]] || fail "the file has changed"
