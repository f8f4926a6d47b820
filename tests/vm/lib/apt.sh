# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Taking packages apart without installing them. Needs cache.sh.

# apt_fetch PACKAGE DIR: downloads its newest .deb into DIR.
apt_fetch() {
    local package=$1 dir=$2
    echo "vm: fetching $package"
    if ! apt_download "$package" "$dir"; then
        as_root apt-get -q update # the lists may be old, or not there at all
        apt_download "$package" "$dir"
    fi
}

apt_download() {
    # Root need not step down to user _apt, who cannot write into DIR.
    ( cd "$2" && apt-get -q -o APT::Sandbox::User=root download "$1" )
}

# apt_candidate PACKAGE: prints the version that apt would fetch.
apt_candidate() {
    local version
    version=$(apt-cache policy "$1" | sed -n 's/^  Candidate: //p')
    if [[ -z $version || $version == '(none)' ]]; then
        as_root apt-get -q update >&2
        version=$(apt-cache policy "$1" | sed -n 's/^  Candidate: //p')
    fi
    [[ -n $version ]] || { echo "vm: apt knows no package $1" >&2; return 1; }
    printf '%s\n' "$version"
}
