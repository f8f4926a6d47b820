#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs_no_module
run_it 125 run --source kernel -- touch "$tmp/ran"
[[ ! -e $tmp/ran ]] || fail "the command ran unprofiled"
