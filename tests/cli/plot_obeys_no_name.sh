#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Names of processes and of files are texts to gnuplot, and nothing else.
needs gnuplot python3
cd "$tmp" || fail "no folder"
touches() # NAME: that a plot of it makes no file of this name
{
    printf '%s\n' 1 2 3 | csv_of "$1" >"$2"
    run_it 0 plot "$2" -o a.svg
    [[ ! -e touched ]] || fail "'$1' in '$2' was obeyed"
    python3 -c 'import sys, xml.etree.ElementTree as tree
texts = [text.text for text in tree.parse("a.svg").iter("{http://www.w3.org/2000/svg}text")]
assert any(sys.argv[1] in text for text in texts if text), texts' "$1 (7)" || fail "'$1' is not in the picture"
}
# shellcheck disable=SC2016 # not to be expanded by anybody
for name in '`touch touched`' "';!touch touched" "'; system('touch touched') #" '$(touch touched)' \
    "\\" "it's" 'a_b^{c}@&<d>~%' '@x' '"'; do
    touches "$name" a.csv
done
touches x "'; system('touch touched') #.csv"
# shellcheck disable=SC2016
touches x '`touch touched`.csv'
touches x $'a\n!touch touched\n.csv'
run_it 0 plot $'a\n!touch touched\n.csv' -o "'; system('touch touched') #.svg"
for name in "'; system('touch touched') #" "<touch touched;" "|touch touched;"; do
    run_it 0 plot a.csv --script -o "$name.svg"
    gnuplot "./$name.gp" 2>err || fail "the script is none: $(<err)"
    [[ -s $name.svg ]] || fail "the script draws nothing"
done
[[ ! -e touched ]] || fail "a name was obeyed"
