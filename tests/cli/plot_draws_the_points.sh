#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Three intervals of 100, 400 and 200 faults: steps of these heights, as wide as
# each other.
needs gnuplot python3
printf '%s\n' 0 100 400 200 0 | csv_of work >"$tmp/a.csv"
run_it 0 plot "$tmp/a.csv" -o "$tmp/a.svg"
[[ -z $out$err ]] || fail "it said: $out$err"
points_of "$tmp/a.svg" >"$tmp/points"
python3 - "$tmp/points" <<'END' || fail "not the steps of the csv: $(cat "$tmp/points")"
import sys
points = [tuple(map(float, line.split())) for line in open(sys.argv[1])]
full = max(y for x, y in points)
heights = []
for x, y in points:
    share = round(y / full * 400 / 10) * 10
    if not heights or heights[-1] != share:
        heights.append(share)
assert heights == [0, 100, 400, 200, 0], heights
edges = sorted({round(x) for x, y in points})
widths = [b - a for a, b in zip(edges, edges[1:])]
assert len(widths) == 5 and max(widths) - min(widths) <= 2, widths
END
has "$(<"$tmp/a.svg")" "minor faults per second"
has "$(<"$tmp/a.svg")" "work (7)"
has "$(<"$tmp/a.svg")" "sampled every 50ms"
has "$(<"$tmp/a.svg")" "time since the begin (s)"
