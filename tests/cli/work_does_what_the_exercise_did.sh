#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# With --compat the faults are those of the exercise's program to the last page:
# 200 MiB, R 10000, counted by hand of the same random numbers.
grep -q __asan_init "$MP3PROF" && skip "AddressSanitizer takes faults of its own"

run_it 0 work 200 R 10000 --compat --pause 0s --no-register
measured=$(sed -nE 's/^measured +([0-9]+) faults: .*/\1/p' <<<"$err")
((measured >= 50116 && measured < 50116 + 20)) || fail "$measured faults, not 50116"
has "$out" "(configuration: 200 0 10000)"
[[ $(grep -c iteration <<<"$out") == 20 ]] || fail "not 20 iterations"
