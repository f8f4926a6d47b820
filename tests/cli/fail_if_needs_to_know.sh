#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 125 run --source proc --fail-if 'nvcsw>1' -- touch "$tmp/ran"
has "$err" "mp3prof: cannot judge 'nvcsw>1': /proc does not tell "
[[ ! -e $tmp/ran ]] || fail "the command ran all the same"
