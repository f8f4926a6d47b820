#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Real Prometheus: the counters are there, are counters, grow, and do not go back
# when a process ends.
needs prometheus promtool curl python3
start_faults
kept=$pid
start_faults
ends=$pid
start_export --source proc -i 500ms -p "$kept,$ends"
start_prometheus
faults='mp3prof_minor_faults_total{group="bash"}'
wait_until is "rate(${faults}[10s]) > 0"
wait_until is 'mp3prof_processes{group="bash"} == 2'
has "$(curl -sS "$prometheus/api/v1/metadata?metric=mp3prof_minor_faults_total")" '"type":"counter"'

before=$(query "$faults")
kill "$ends"
wait_until is 'mp3prof_processes{group="bash"} == 1'
wait_until is "$faults > $before"
for counter in minor_faults major_faults cpu_seconds sampler_ticks sampler_cpu_seconds records_missed; do
    resets=$(query "sum(resets(mp3prof_${counter}_total[1h]))")
    [[ $resets == 0 ]] || fail "$counter went back: $resets"
done
is 'up == 1' || fail "Prometheus cannot scrape the exporter"
