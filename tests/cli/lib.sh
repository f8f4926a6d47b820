# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# For the scripts beside it. MP3PROF is the built program, SOURCE the checkout.
set -u

: "${MP3PROF:?}" "${SOURCE:?}"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# shellcheck disable=SC2034 # for the scripts
commands="register unregister monitor run work status bench"

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
