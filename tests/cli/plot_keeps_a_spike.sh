#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# One interval among 100 000 is in the picture, though that has fewer columns.
needs gnuplot python3
awk 'BEGIN { for (i = 0; i < 100000; i++) print i == 77777 ? 5000 : 10 }' | csv_of work >"$tmp/a.csv"
run_it 0 plot "$tmp/a.csv" -o "$tmp/a.svg"
points_of "$tmp/a.svg" >"$tmp/points"
python3 - "$tmp/points" <<'END' || fail "no spike where it belongs"
import sys
points = [tuple(map(float, line.split())) for line in open(sys.argv[1])]
assert len(points) < 4000, len(points)
left, right = points[0][0], points[-1][0]
full = max(y for x, y in points)
spikes = [x for x, y in points if y > full / 2]
assert spikes and max(spikes) - min(spikes) < 2, spikes
share = (spikes[0] - left) / (right - left)
assert abs(share - 0.77777) < 0.003, share
END
