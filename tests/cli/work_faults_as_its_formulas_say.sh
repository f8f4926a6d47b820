#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Expected and measured faults differ by less than 1 %, whatever the pattern: the
# seed is fixed, so what chance adds is, too. Threads that touch a page at the same
# moment take a fault each: there may be more of them then, up to one a thread.
grep -q __asan_init "$MP3PROF" && skip "AddressSanitizer takes faults of its own"

for pattern in random local seq stride:9000 window:16M zipf:0.9; do
    for threads in 1 3; do
        run_it 0 work 128 "$pattern" 10000 --iterations 6 --pause 0s --no-register --threads "$threads"
        echo "$pattern, $threads threads: $err"
        expected=$(sed -nE 's/^expected +([0-9]+) .*faults: .*/\1/p' <<<"$err")
        measured=$(sed -nE 's/^measured +([0-9]+) faults: .*/\1/p' <<<"$err")
        off=$((measured - expected))
        ((100 * off >= -expected)) || fail "off by $off"
        ((100 * off <= (100 * (threads - 1) + 1) * expected)) || fail "off by $off"
    done
done
