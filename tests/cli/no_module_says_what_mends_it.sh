#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs_no_module
for words in "monitor" "monitor --dump" "monitor --source kernel -p 1" "register 1" "unregister --all"; do
    # shellcheck disable=SC2086 # words are to be split
    run_it 1 $words
    has "$err" "mp3prof: cannot open "
    has "$err" "no such file or directory (the module mp3 is not "
    has "$err" ": sudo "
    [[ $(wc -l <"$tmp/err") == 1 && -z $out ]] || fail "mp3prof $words: more than a line: $err$out"
done
run_it 0 work 1 R 1
has "$err" "mp3prof: not registered, so nobody's monitor shows it: cannot open "
run_it 1 monitor
has "$err" "; without the module, name the processes: mp3prof monitor -p PID"
