#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Without the module, the command's own counts are exact: it is looked at when it
# has ended and nobody has waited for it yet.
run_it 0 run --source proc -- "$MP3PROF" work 8 R 5000 --iterations 1 --pause 0s --no-register
has "$err" ", equal to wait4"
has "$err" "  processes      1 seen; short-lived ones may be missing"
has "$err" "- throttled"
