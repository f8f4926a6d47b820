#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

seq 100 | csv_of work >"$tmp/a.csv"
mkdir "$tmp/pictures"
PATH=/nowhere run_it 1 plot "$tmp/a.csv" -o "$tmp/pictures/b.svg"
has "$err" "mp3prof: cannot draw: gnuplot is not installed; what it draws is in "
has "$err" "$tmp/pictures/b.gp and $tmp/pictures/b.dat (sudo apt-get install gnuplot-nox)"
[[ ! -e $tmp/pictures/b.svg ]] || fail "a picture out of nothing"
run_it 0 plot "$tmp/a.csv" --script
[[ -z $out$err && -s $tmp/a.gp && -s $tmp/a.dat ]] || fail "no script: $out$err"

needs gnuplot
cd "$tmp/pictures" || fail "no folder"
gnuplot b.gp || fail "the script does not draw"
run_it 0 plot "$tmp/a.csv" -o "$tmp/c.svg"
cmp b.svg "$tmp/c.svg" || fail "the script draws another picture"
