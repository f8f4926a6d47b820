#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs_no_module
run_it 1 status
has "$out" "module     not loaded"
has "$out" "samples    from /proc"
has "$out" "problem    the module mp3 is not "
