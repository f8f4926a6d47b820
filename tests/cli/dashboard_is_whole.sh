#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# No Grafana here to draw it: its panels are of types that it has, have what these
# need, and lie side by side on its grid of 24 columns.
needs python3
python3 - "$SOURCE/docs/examples/mp3prof.json" <<'END' || fail "the dashboard is not sound"
import json, sys
dashboard = json.load(open(sys.argv[1]))
names = {variable["name"] for variable in dashboard["templating"]["list"]}
assert names == {"datasource", "instance", "group"}, names
panels = dashboard["panels"]
ids = [panel["id"] for panel in panels]
assert len(set(ids)) == len(ids), "an id twice"
taken = set()
for panel in panels:
    place = panel["gridPos"]
    cells = {(x, y) for x in range(place["x"], place["x"] + place["w"])
             for y in range(place["y"], place["y"] + place["h"])}
    assert place["x"] + place["w"] <= 24 and not cells & taken, panel["title"]
    taken |= cells
    assert panel["title"] and panel["type"] in ("row", "stat", "timeseries"), panel
    if panel["type"] != "row":
        assert panel["description"] and panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}, panel["title"]
        references = [target["refId"] for target in panel["targets"]]
        assert references == sorted(set(references)), panel["title"]
END
