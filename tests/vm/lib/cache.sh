# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What takes long to make is kept outside the checkout, in a folder named by
# a hash of what went in. It is made in a temporary folder and renamed, under
# a lock: an interrupted run leaves nothing half made, two runs make it once.

# A failure inside $(...) ends the script; cache_get relies on it.
set -euo pipefail
shopt -s inherit_errexit

cache_root() {
    printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/mp3prof"
}

as_root() {
    if (( EUID == 0 )); then "$@"; else sudo -- "$@"; fi
}

# cache_key WORD...: the words, and the text on stdin, as a short hash.
cache_key() {
    { printf '%s\0' "$@"; cat; } | sha256sum | cut -c1-16
}

# cache_key_files WORD... -- FILE...: the words and the contents of the files.
cache_key_files() {
    local words=()
    while [[ $1 != -- ]]; do words+=("$1"); shift; done
    shift
    sha256sum -- "$@" | cut -d' ' -f1 | cache_key ${words[@]+"${words[@]}"}
}

# cache_get NAME KEY COMMAND...: prints the folder NAME-KEY. Where it is not
# there, `COMMAND... TEMPORARY_FOLDER` fills one first, its output on stderr.
cache_get() {
    local name=$1 key=$2 root dir tmp lock
    shift 2
    root=$(cache_root)
    dir=$root/$name-$key
    tmp=$root/$name.tmp
    mkdir -p -- "$root"
    exec {lock}>"$root/$name.lock"
    flock "$lock"
    if [[ ! -d $dir ]]; then
        as_root rm -rf -- "$tmp" # of an interrupted run
        mkdir -- "$tmp"
        # Behind || or in an if nothing is ended by set -e, and this is there
        # often. So a command that is a function joins its steps by &&, or what
        # is half made would be kept.
        "$@" "$tmp" >&2 || exit
        mv -- "$tmp" "$dir"
    fi
    touch -- "$dir"
    # A week unused is too old.
    find "$root" -mindepth 1 -maxdepth 1 -name "$name-*" -mtime +7 -print0 |
        as_root xargs -0 -r rm -rf --
    exec {lock}>&-
    printf '%s\n' "$dir"
}
