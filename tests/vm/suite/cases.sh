# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Running cases in a guest, for who sources this. Each leaves a line in
# out/results (word, suite, name, number) and its output in out/log/NUMBER.
# A case that fails does not end the run; the words are judged by the host.

out=/share/out
mkdir -p "$out/log"
touch "$out/results"

# one SUITE NAME COMMAND...: runs a case; its status 77 means it cannot run here.
one() {
    local suite=$1 name=$2 status=0 number word begin log
    shift 2
    number=$(($(wc -l < "$out/results") + 1))
    log=/tests/log
    begin=$(date +%s)
    "$@" > "$log" 2>&1 < /dev/null || status=$?
    case $status in
    0) word=pass ;;
    77) word=skip ;;
    *) word=FAIL ;;
    esac
    cp "$log" "$out/log/$number"
    printf '%s\t%s\t%s\t%s\n' "$word" "$suite" "$name" "$number" >> "$out/results"
    printf '%s %4d s  %s: %s\n' "$word" $(($(date +%s) - begin)) "$suite" "$name"
    [[ $word == pass ]] || sed 's/^/    | /' "$log"
}

# case_name SCRIPT: the file's name as a sentence, without the number that
# gives it its place.
case_name() {
    basename "$1" .sh | sed 's/^[0-9]*_//; s/_/ /g'
}

# scripts SUITE FOLDER: each script there, a case that bears its name.
scripts() {
    local script
    for script in "/tests/$2"/*.sh; do
        [[ $script == */lib.sh ]] || one "$1" "$(case_name "$script")" bash "$script"
    done
}

# The compiler is slow here: what DKMS compiles, ccache has. apt gives
# maintainer scripts a PATH of its own, sudo an environment.
use_ccache() {
    export PATH=/usr/lib/ccache:$PATH
    echo "DPkg::Path \"$PATH\";" > /etc/apt/apt.conf.d/ccache
    echo 'cache_dir = /tests/ccache' > /etc/ccache.conf
}
