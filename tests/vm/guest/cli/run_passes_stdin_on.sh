#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The command reads run's standard input.
. "$(dirname "$0")/lib.sh"
as alice

printf 'one\ntwo\n' | mp3prof run -- cat > out 2> err
same "what came through" "$(cat out)" $'one\ntwo'
head -c 1000000 /dev/zero | mp3prof run -- wc -c > out 2> err
same "bytes through the pipe" "$(cat out)" 1000000
