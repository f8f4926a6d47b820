#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

printf '%s\n' 1 2 3 | csv_of work >"$tmp/a.csv"
run_it 2 plot "$tmp/a.csv" -o a.jpg
has "$err" "'a.jpg' ends with none of .svg .png .pdf (- draws in the terminal)"
run_it 2 plot "$tmp/a.csv" -o .svg
run_it 2 plot "$tmp/a.csv" --what memory
has "$err" "{cpu,faults,rate,rss,swap}"
run_it 2 plot "$tmp/a.csv" --per-process --total
run_it 2 plot
run_it 1 plot "$tmp/none.mp3"
has "$err" "none.mp3"
has "$err" "no such file or directory"
echo "something else" >"$tmp/b.csv"
run_it 1 plot "$tmp/b.csv"
has "$err" "mp3prof: cannot read $tmp/b.csv: "
: | csv_of work >"$tmp/c.csv"
run_it 1 plot "$tmp/c.csv"
has "$err" "mp3prof: cannot draw $tmp/c.csv: it has no record of a process"
run_it 1 plot "$tmp/a.csv" --what rss --cumulative
has "$err" "cannot draw rss cumulatively"
run_it 1 plot "$tmp/a.csv" -o "$tmp/none/a.svg"
has "$err" "mp3prof: cannot write "
