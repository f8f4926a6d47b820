#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Each query of the dashboard has a result in a Prometheus that scrapes the export.
needs prometheus promtool python3
start_faults
start_export --source proc -i 500ms -p "$pid"
start_prometheus
python3 - "$SOURCE/docs/examples/mp3prof.json" >"$tmp/queries" <<'END' || fail "no queries"
import json, sys
for panel in json.load(open(sys.argv[1]))["panels"]:
    for target in panel.get("targets", []):
        expression = target["expr"].replace("$instance", ".*").replace("$group", ".*")
        print(expression.replace("$__rate_interval", "10s"))
END
[[ $(wc -l <"$tmp/queries") -ge 15 ]] || fail "the dashboard has lost queries"
while read -r expression; do
    wait_until is "$expression"
done <"$tmp/queries"
