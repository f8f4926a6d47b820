#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# A page faults once, however often it is touched: what chance leaves untouched
# of 16384 pages is known.
command -v python3 >/dev/null || skip "no python3 to ask for the faults"
grep -q __asan_init "$MP3PROF" && skip "AddressSanitizer takes faults of its own"
python3 - "$MP3PROF" <<'EOF' || fail "not the faults that chance expects"
import math, resource, subprocess, sys

def faults(accesses):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt
    subprocess.run([sys.argv[1], "work", "64", "R", str(accesses), "--iterations", "2", "--pause",
                    "0s", "--no-register"], check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt - before

pages = 64 * 256
base = faults(0)
for accesses in (2000, 20000):
    expected = pages * (1 - math.exp(-2 * accesses / pages))
    got = faults(accesses) - base
    print(f"{got} faults, {expected:.0f} expected")
    assert abs(got - expected) < 0.03 * expected + 50
EOF
