#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# timeout(1) sends its signal to the command and to its process group.
for words in "work 1 R 1 --iterations 1000 --no-register" "monitor --source proc -p $$ --csv" \
    "record --source proc -p $$ -o $tmp/a.rec"; do
    rm -f "$tmp/out"
    # shellcheck disable=SC2086 # words are to be split
    "$MP3PROF" $words > "$tmp/out" 2> "$tmp/err" &
    begin=$SECONDS
    until [[ -s $tmp/out || -s $tmp/a.rec ]]; do # by then it catches it
        ((SECONDS - begin < 60)) || fail "$words: it does not begin: $(<"$tmp/err")"
        sleep 0.1
    done
    kill -TERM $!
    kill -TERM $! 2> /dev/null || true # it has ended
    got=0
    wait $! || got=$?
    wanted=0
    [[ $words != work* ]] || wanted=143 # as its signal, by itself, with its words
    [[ $got == "$wanted" ]] || fail "$words: status $got: $(<"$tmp/err")"
done
