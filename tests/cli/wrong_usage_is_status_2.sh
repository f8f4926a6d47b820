#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

run_it 2
has "$err" "mp3prof: a command is needed"
run_it 2 no-such-command
has "$err" "mp3prof: 'no-such-command' is not a command"
run_it 2 --no-such-option
has "$err" "mp3prof: '--no-such-option' is not an option"
run_it 2 monitor --no-such-option
run_it 2 monitor stray
run_it 2 monitor --format xml
run_it 2 monitor --csv --json
run_it 2 monitor -n 0
has "$err" "mp3prof monitor: --count: must be at least 1"
for option in "-i 1s" "-n 1" "--duration 1s" --until-idle; do
    # shellcheck disable=SC2086 # an option and its value
    run_it 2 monitor --dump $option
    has "$err" "--dump"
    has "$err" "excludes"
done
run_it 2 monitor --source proc
has "$err" "needs -p PID, as nothing is registered there"
run_it 2 monitor --source proc -p 1 --dump
has "$err" "holds no past that --dump could print"
run_it 2 monitor --source disk
run_it 2 monitor --follow
run_it 2 monitor --interval 0s
run_it 2 monitor --pid 1,x
run_it 2 monitor --pid 1,
run_it 2 register 1,,2
run_it 2 register
run_it 2 register 0
run_it 2 register -- -1
run_it 2 register 12x
run_it 2 unregister
run_it 2 unregister --all 12
run_it 2 run
run_it 2 run --
run_it 2 run --no-such-option true
run_it 2 run --csv -- true
run_it 2 run --fail-if 'faults>1' -- true
has "$err" "mp3prof run: --fail-if: 'faults>1': 'faults' is not a metric (known: minflt, majflt, "
run_it 2 run --fail-if -- true
run_it 2 monitor --group a=b
has "$err" "--group: needs --format openmetrics"
run_it 2 monitor --format openmetrics --total
run_it 2 monitor --format openmetrics --group 'a=('
run_it 2 run -i 1s --format openmetrics -- true
run_it 2 export --listen 9423
has "$err" "--listen: '9423' is not an address and a port (write 127.0.0.1:9423 or [::1]:9423)"
run_it 2 export --max-groups 0
run_it 2 export stray
run_it 2 work
run_it 2 work 1 X 1
run_it 2 work 0 R 1
run_it 2 work 1T R 1
run_it 2 work 1 R -1
run_it 2 work 1 sideways 1
has "$err" "'sideways' is no pattern: it is one of random, local, seq, stride:N, window:SIZE, zipf:S"
run_it 2 work 1 stride 1
has "$err" "the pattern stride needs a parameter (write stride:64K)"
run_it 2 work 1 stride:1M 1
has "$err" "a stride of 1M is not within the 1M of memory"
run_it 2 work 1 window:2M 1
has "$err" "a window of 2M is larger than the 1M of memory"
run_it 2 work 1 zipf:11 1
has "$err" "the exponent 11 of zipf is not above 0 and at most 10"
run_it 2 work all R 1
has "$err" "'all' is for a file"
run_it 2 work 1 seq 1 --compat
has "$err" "--compat has the patterns R and L"
run_it 2 work 1025 R 1 --compat
has "$err" "1 to 1024 whole MiB"
run_it 2 work 1 R 1 --threads 0
run_it 2 work 1 R 1 --threads 5000
has "$err" "5000 threads are more than 4096"
run_it 2 work 1 R 1 --thp sometimes
run_it 2 work 1 R 1 --compat --threads 2
run_it 2 study
run_it 2 study sideways
run_it 2 study locality -L 1,2
has "$err" "locality has one workload at a time"
run_it 2 study multiprogramming --backing file
has "$err" "is for thrashing"
run_it 2 study thrashing -L 1,x
has "$err" "'x' is not a number of workloads (write 1,5,11)"
run_it 2 study thrashing --memory 1T
run_it 2 status --format csv
has "$err" "Try 'mp3prof status --help'"
