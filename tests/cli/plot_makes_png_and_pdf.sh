#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs gnuplot
printf '%s\n' 1 2 3 | csv_of work >"$tmp/a.csv"
run_it 0 plot "$tmp/a.csv" -o "$tmp/a.png"
[[ $(head -c 8 "$tmp/a.png" | od -An -tx1 | tr -d ' \n') == 89504e470d0a1a0a ]] || fail "no PNG"
run_it 0 plot "$tmp/a.csv" -o "$tmp/a.pdf"
[[ $(head -c 5 "$tmp/a.pdf") == %PDF- ]] || fail "no PDF"
