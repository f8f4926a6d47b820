#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs_no_module
run_it 0 run -- true
[[ $(grep -c '^mp3prof: samples are from /proc, which misses .*: cannot open /dev/mp3: .*: sudo ' "$tmp/err") == 1 ]] ||
    fail "not a line about the source: $err"
run_it 0 monitor -p $$ -n 1 -i 10ms
has "$err" "mp3prof: samples are from /proc"
[[ $(wc -l <"$tmp/err") == 1 ]] || fail "more than a line: $err"
for words in "run --source proc -- true" "monitor --source proc -p $$ -n 1"; do
    # shellcheck disable=SC2086 # words are to be split
    run_it 0 $words
    [[ $err != *"samples are from"* ]] || fail "mp3prof $words: who chose is told all the same"
done
