#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs_no_module
command -v python3 >/dev/null || skip "no python3 to read JSON"
run_it 1 status --format json
python3 -c 'import json, sys
status = json.load(open(sys.argv[1]))
assert status["usable"] is False
assert status["ring"] is None
assert status["problems"][0]["mend"].split(": ")[-1].startswith("sudo ")' "$tmp/out" || fail "not as it should be: $out"
