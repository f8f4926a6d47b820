# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# For the scripts beside it. MP3PROF is the built program, SOURCE the checkout.
set -u

: "${MP3PROF:?}" "${SOURCE:?}"
tmp=$(mktemp -d)
background=() # processes to end with the script
trap clean_up EXIT
clean_up()
{
    if ((${#background[@]})); then
        kill "${background[@]}" 2>/dev/null
        wait "${background[@]}" 2>/dev/null
    fi
    leave_terminal
    rm -rf "$tmp"
}

# shellcheck disable=SC2034 # for the scripts
commands="register unregister monitor export run record report diff import work study status bench plot"

fail()
{
    echo "FAIL: $*"
    exit 1
}

skip()
{
    echo "SKIP: $*"
    exit 77
}

# run_it STATUS ARGUMENTS...: runs mp3prof and demands its status; leaves what it
# printed in $out and $err.
run_it()
{
    local wanted=$1 got=0
    shift
    "$MP3PROF" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || got=$?
    out=$(<"$tmp/out")
    err=$(<"$tmp/err")
    [[ $got == "$wanted" ]] || fail "mp3prof $*: status $got, not $wanted; it said: $out $err"
}

# has TEXT PART: demands that the text contains the part.
has()
{
    [[ $1 == *"$2"* ]] || fail "no '$2' in: $1"
}

needs_no_module()
{
    [[ ! -e /dev/mp3 && ! -e /proc/mp3/status ]] || skip "the module is loaded here"
}

# The options that --help of a command has, one a line; "" for mp3prof itself.
help_options()
{
    # shellcheck disable=SC2086 # no command is no word
    "$MP3PROF" $1 --help | grep -E '^  -' | sed -E 's/^  ([^ ]+).*/\1/' | tr ',' '\n' | sort -u
}

# needs PROGRAM...: from a package that make test-cli installs.
needs()
{
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || skip "no $program here"
    done
}

# A shell in a terminal of its own, 80 columns wide and 20 lines high.
enter_terminal()
{
    needs tmux
    on_terminal new-session -d -x 80 -y 20 "PS1='ready> ' exec bash --norc --noprofile"
    until_screen_has "ready>"
}

leave_terminal()
{
    if [[ -e $tmp/tmux ]]; then on_terminal kill-server; fi
}

# Any command of tmux, to that terminal.
on_terminal()
{
    tmux -S "$tmp/tmux" -f /dev/null "$@"
}

# What is to be read there.
screen()
{
    on_terminal capture-pane -p
}

# press KEY...: an Enter is Enter, and C-c is Ctrl-C.
press()
{
    on_terminal send-keys "$@"
}

# until_screen_has TEXT: waits for it.
until_screen_has()
{
    local i
    for ((i = 0; i < 1200; i++)); do
        [[ $(screen) != *"$1"* ]] || return 0
        sleep 0.05
    done
    fail "no '$1' on the screen: $(screen)"
}

# csv_of COMMAND: csv as `monitor --csv` writes it, of one process, 7; standard
# input has the faults of its intervals of 50 ms, a number a line.
csv_of()
{
    local column line=""
    # The columns as the program writes them; those that do not matter are 0.
    local columns="time monotonic_ns elapsed_ns pid ppid uid start_ns comm first final exited
        followed minflt majflt cpu_ns user_ns system_ns nvcsw nivcsw minflt_per_s majflt_per_s
        user_percent system_percent cpu_percent total_minflt total_majflt total_cpu_ns total_user_ns
        total_system_ns rss_bytes swap_bytes threads"
    for column in $columns; do
        line+=,$column
    done
    echo "${line#,}"
    COMM=$1 awk '
        BEGIN { comm = ENVIRON["COMM"]; gsub(/"/, "\"\"", comm) }
        {
            printf "2026-11-26T05:00:00.000000Z,%.0f,50000000,7,1,0,1,\"%s\",0,0,0,0,%d,0,0,0,0,0,0," \
                "0,0,0,0,0,0,0,0,0,0,4096,0,1\n", 1000000000 + NR * 50000000, comm, $1
        }'
}

# points_of SVG: the points of its first line, the first of the palette: x y, a
# pair a line, with y upwards from the axis.
points_of()
{
    python3 - "$1" <<'END'
import re, sys
import xml.etree.ElementTree as tree

points = []
for path in tree.parse(sys.argv[1]).iter("{http://www.w3.org/2000/svg}path"):
    if path.get("stroke") == "rgb(  0, 114, 178)":
        points += re.findall(r"[ML]([-\d.]+),([-\d.]+)", path.get("d"))
points = points[2:] # the first two are the sample in the legend
low = max(float(y) for x, y in points)
for x, y in points:
    print(x, round(low - float(y), 2))
END
}

# wait_until COMMAND...: until it succeeds; two minutes at most.
wait_until()
{
    local i
    for ((i = 0; i < 1200; i++)); do
        if "$@"; then return; fi
        sleep 0.1
    done
    fail "never came true: $*"
}

# start COMMAND...: in the background, until the script ends. Leaves its $pid.
start()
{
    "$@" &
    pid=$!
    background+=("$pid")
}

# A process named bash that takes page faults again and again, as it forks.
start_faults()
{
    start bash -c 'while :; do (:); sleep 0.02; done'
}

# start_export ARGUMENTS...: mp3prof export at a free port; leaves its address in
# $site and its process in $exporter.
start_export()
{
    "$MP3PROF" export --listen 127.0.0.1:0 "$@" 2>"$tmp/export.err" &
    exporter=$!
    background+=("$exporter")
    wait_until grep -q '^mp3prof: serving ' "$tmp/export.err"
    site=$(sed -nE 's|^mp3prof: serving (.*)/metrics$|\1|p' "$tmp/export.err")
}

free_port()
{
    python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Prometheus, scraping $site each second; leaves its address in $prometheus.
start_prometheus()
{
    prometheus=http://127.0.0.1:$(free_port)
    cat >"$tmp/prometheus.yml" <<END
global: { scrape_interval: 1s, scrape_timeout: 1s }
scrape_configs:
  - job_name: mp3prof
    static_configs: [ { targets: [ '${site#http://}' ] } ]
END
    start prometheus --config.file="$tmp/prometheus.yml" --storage.tsdb.path="$tmp/data" \
        --web.listen-address="${prometheus#http://}" --log.level=error
}

# The values of an expression in Prometheus, one a line.
query()
{
    promtool query instant "$prometheus" "$1" 2>/dev/null | sed -nE 's/^.* => ([^ ]+) @.*$/\1/p'
}

# is EXPRESSION: has it a value?
is()
{
    [[ -n $(query "$1") ]]
}
