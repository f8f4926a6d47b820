#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs python3
python3 -c 'import socket, sys, time
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); print(s.getsockname()[1], flush=True); time.sleep(600)' \
    >"$tmp/port" &
background+=("$!")
wait_until test -s "$tmp/port"
port=$(<"$tmp/port")
run_it 1 export --listen "127.0.0.1:$port"
has "$err" "mp3prof: cannot listen on 127.0.0.1:$port: address already in use (who has it: ss -ltnp sport = :$port;"
run_it 1 export --listen 192.0.2.1:0
has "$err" "this machine has no such address"
run_it 1 export --listen no-such-host.invalid:9423
has "$err" "no address of that host"
if [[ $(id -u) == 0 ]] && command -v setpriv >/dev/null && [[ $(</proc/sys/net/ipv4/ip_unprivileged_port_start) -gt 80 ]]; then
    setpriv --reuid=65534 --clear-groups --bounding-set=-all --inh-caps=-all "$MP3PROF" export --listen 127.0.0.1:80 2>"$tmp/err"
    has "$(<"$tmp/err")" "permission denied (ports below 1024 are root's: choose a higher one, such as 9423)"
fi
