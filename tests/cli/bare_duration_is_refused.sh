#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 2 monitor --interval 50
has "$err" "'50' has no unit (write 50ms or 50s)"
run_it 2 monitor --duration 10
run_it 2 run -i 1 -- true
run_it 2 work 1 R 1 --pause 1
