#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 0 work 1G R 1 --iterations 1 --pause 0s --no-register
has "$out" "(configuration: 1024 0 1)"
run_it 0 work 512K R 1 --iterations 1 --pause 0s --no-register
has "$out" "(configuration: 0.5 0 1)"
