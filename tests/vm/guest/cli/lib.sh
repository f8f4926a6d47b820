# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# For the cases beside it: each runs in a full guest with the package installed,
# is started by root, and shows one fact. Status 0: shown; 77: cannot be shown
# here, with the reason; 124: hung. MP3_GUEST_PROGRAMS has the small programs of
# ../tools and ../exercise.
set -euo pipefail

case_file=$(realpath "$0")
programs=${MP3_GUEST_PROGRAMS:-$(dirname "$case_file")/../programs}
export MP3_GUEST_PROGRAMS=$programs
export LC_ALL=C

# An end for a case that hangs.
if [[ -z ${MP3_CASE_TIMED:-} ]]; then
    export MP3_CASE_TIMED=1
    exec timeout --kill-after=10 "${MP3_CASE_TIMEOUT:-900}" bash "$case_file" "$@"
fi

# as USER: the rest of the case is that user's. alice is in group mp3prof, bob
# is not.
as() {
    [[ $(id -un) != "$1" ]] || return 0
    if [[ $1 == alice ]]; then
        usermod -aG mp3prof alice
    fi
    cd /
    rm -rf -- "$scratch"
    exec runuser -u "$1" -- bash "$case_file"
}

scratch=$(mktemp -d)

# Whatever a case leaves behind goes: its children, what they registered, files.
clean_up() {
    jobs -p | xargs -r kill 2> /dev/null || true # some have ended by themselves
    mp3prof unregister --all
    rm -rf -- "$scratch"
}
trap clean_up EXIT
cd "$scratch"

fail() {
    echo "FAIL: $*"
    exit 1
}

skip() {
    echo "SKIP: $*"
    exit 77
}

# status_is WANTED COMMAND...: demands the exit status; output goes to the
# files out and err.
status_is() {
    local wanted=$1 got=0
    shift
    "$@" > out 2> err < /dev/null || got=$?
    [[ $got == "$wanted" ]] || fail "$*: status $got, not $wanted; $(tail -n 5 out err)"
}

# same WHAT A B
same() {
    [[ $2 == "$3" ]] || fail "$1: $2 and $3 differ"
}

# between WHAT LOW VALUE HIGH, in whole numbers
between() {
    (( $2 <= $3 && $3 <= $4 )) || fail "$1: $3 is not within $2 and $4"
}

# has FILE PATTERN
has() {
    grep -qE -- "$2" "$1" || fail "no '$2' in $1: $(cat "$1")"
}

# wait_for CONDITION...: a command that is tried until it succeeds.
wait_for() {
    local deadline=$((SECONDS + 60))
    until "$@" > /dev/null 2>&1; do
        (( SECONDS < deadline )) || fail "waited in vain for: $*"
        sleep 0.1
    done
}

# rows FILE CONDITION VALUE: awk over a csv by the names of its header, as in
# rows rows.csv 'final == 1 && comm == "burst"' total_minflt
rows() {
    local names
    names=$(head -n 1 "$1" | tr , '\n' | sed '=' | sed 'N; s/\(.*\)\n\(.*\)/s\/\\b\2\\b\/$\1\/g/')
    awk -F, "NR > 1 && ($(sed "$names" <<< "$2")) { print $(sed "$names" <<< "$3") }" "$1"
}

sum() {
    awk '{ s += $1 } END { printf "%d\n", s }'
}

# registered PID: whether it is.
registered() {
    grep -qx "$1" /proc/mp3/status
}

# more_rows_than N: whether rows.csv has, beside its header.
more_rows_than() {
    (( $(wc -l < rows.csv) > $1 + 1 ))
}
