#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 0 import "$(dirname "$0")/classic.data" -o "$tmp/a.dat"
cp "$tmp/a.dat" "$tmp/b.rec"
cp "$tmp/a.dat" "$tmp/good"
ln "$tmp/a.dat" "$tmp/link"

# refused FILE ARGUMENTS...
refused()
{
    run_it 1 "${@:2}"
    has "$err" "cannot write $1: it is what is to be read"
    cmp "$tmp/good" "$tmp/a.dat" || fail "mp3prof ${*:2}: it was written over"
}
refused "$tmp/a.dat" report "$tmp/a.dat" -o "$tmp/a.dat"
refused "$tmp/link" report --csv "$tmp/a.dat" -o "$tmp/link"
refused "$tmp/a.dat" diff "$tmp/b.rec" "$tmp/b.rec,$tmp/a.dat" -o "$tmp/a.dat"
refused "$tmp/a.dat" plot --script "$tmp/a.dat"
refused "$tmp/a.dat" import "$tmp/a.dat" -o "$tmp/a.dat"

# Nor is a file emptied for what cannot be read.
echo precious > "$tmp/kept"
run_it 1 report "$tmp/b.rec" "$tmp/none" -o "$tmp/kept"
[[ $(<"$tmp/kept") == precious ]] || fail "it was emptied"

# What can be read but once is read once.
run_it 0 report "$tmp/b.rec"
"$MP3PROF" report <(cat "$tmp/b.rec") > "$tmp/piped" || fail "no report from a pipe"
[[ $(tail -n +2 "$tmp/piped") == "$(tail -n +2 <<< "$out")" ]] || fail "another report from a pipe"

# A picture stays where gnuplot fails.
mkdir "$tmp/bin"
printf '#!/bin/sh\nexit 3\n' > "$tmp/bin/gnuplot"
chmod +x "$tmp/bin/gnuplot"
echo drawn > "$tmp/a.svg"
PATH=$tmp/bin:$PATH run_it 1 plot "$tmp/a.dat" -o "$tmp/a.svg"
has "$err" "gnuplot ended with status 3"
[[ $(<"$tmp/a.svg") == drawn ]] || fail "the picture is gone"
