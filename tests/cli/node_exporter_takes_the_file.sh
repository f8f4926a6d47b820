#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Real node_exporter: while the file is rewritten, it is whole, and counters are.
needs prometheus-node-exporter curl python3
start_faults
mkdir "$tmp/textfile"
start "$MP3PROF" monitor --source proc -p "$pid" -i 20ms --format openmetrics -o "$tmp/textfile/mp3prof.prom"
node=127.0.0.1:$(free_port)
start prometheus-node-exporter --collector.disable-defaults --collector.textfile \
    --collector.textfile.directory="$tmp/textfile" --web.listen-address="$node" --log.level=error
passed_on() { curl -sS "http://$node/metrics" >"$tmp/node" 2>/dev/null && grep -q '^mp3prof_minor_faults_total{group="bash"} [1-9]' "$tmp/node"; }
wait_until passed_on
for ((i = 0; i < 20; i++)); do
    passed_on || fail "lost: $(<"$tmp/node")"
    grep -qx 'node_textfile_scrape_error 0' "$tmp/node" || fail "node_exporter cannot read it"
done
grep -qx '# TYPE mp3prof_minor_faults_total counter' "$tmp/node" || fail "no counter"
