#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# refused FILE PART: demands that report and diff refuse it with these words.
refused()
{
    run_it 1 report "$1"
    has "$err" "cannot read $1: $2"
    run_it 1 diff "$1" "$1"
    has "$err" "cannot read $1: $2"
}

run_it 0 import "$(dirname "$0")/classic.data" -o "$tmp/a.rec"
head -c 200 "$tmp/a.rec" >"$tmp/short.rec"
refused "$tmp/short.rec" "it is a recording that ends in its header"
sed '1s/recording 1/recording 2/' "$tmp/a.rec" >"$tmp/newer.rec"
refused "$tmp/newer.rec" "it is a recording of format 2, of a newer mp3prof"
refused "$(dirname "$0")/classic.data" "it looks like output of the exercise's monitor (mp3prof import"
refused "$MP3PROF" "it is no recording of mp3prof, but some other binary file"
refused "$SOURCE/README.md" "it is no recording of mp3prof, but text that begins with"
refused /dev/null "it is empty"
refused "$tmp" "is a directory"
refused "$tmp/none" "no such file or directory"
