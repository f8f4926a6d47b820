#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The terminal sends SIGINT to the command itself: run does not send it again.
. "$(dirname "$0")/lib.sh"
as alice

cat > count <<'END'
$SIG{INT} = sub { $n++ };
open $ready, ">", "ready"; close $ready;
select undef, undef, undef, 0.1 for 1 .. 50;
open $told, ">", "told"; print $told "$n\n"; close $told;
END
{
    wait_for test -e ready
    printf '\003'
    wait_for test -s told
} | script -q -e -c 'exec mp3prof run -- perl count' /dev/null > out
same "signals" "$(cat told)" 1
has out 'count: exit status 0'
