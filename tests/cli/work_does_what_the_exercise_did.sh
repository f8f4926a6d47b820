#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# With --compat the faults are those of the exercise's program to the last page:
# 200 MiB, 10000, counted by hand of the same random numbers.
grep -q __asan_init "$MP3PROF" && skip "AddressSanitizer takes faults of its own"

for counted in "R 50116" "L 27838"; do
    read -r walk faults <<<"$counted"
    run_it 0 work 200 "$walk" 10000 --compat --pause 0s --no-register
    measured=$(sed -nE 's/^measured +([0-9]+) faults: .*/\1/p' <<<"$err")
    ((measured >= faults && measured < faults + 20)) || fail "$walk: $measured faults, not $faults"
    [[ $(grep -c iteration <<<"$out") == 20 ]] || fail "$walk: not 20 iterations"
    echo "$out" >"$tmp/$walk"
done
has "$(<"$tmp/R")" "(configuration: 200 0 10000)"
has "$(<"$tmp/L")" "(configuration: 200 1 10000)"
