# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The full guest's disk. Needs cache.sh.

IMAGE_SCRIPTS=$(dirname "${BASH_SOURCE[0]}")/../full

# image_get [SUITE]: prints the folder with disk.img, vmlinuz and initrd.img of
# that Debian, bookworm by default. It is made anew once a month, with what the
# archive then has.
image_get() {
    local suite=${1:-bookworm} key
    key=$(cache_key_files "$(date +%Y-%m)" -- "$IMAGE_SCRIPTS/make-image" "$IMAGE_SCRIPTS/keep-kernels")
    cache_get "image-$suite" "$key" as_root "$IMAGE_SCRIPTS/make-image" "$suite"
}

# image_run SUITE FOLDER COMMAND...: runs it natively in that image, in a layer
# that is thrown away. FOLDER is its /share.
image_run() {
    local suite=$1 image
    image=$(image_get "$suite")
    as_root unshare --mount -- "$IMAGE_SCRIPTS/in-image" "$image/disk.img" "${@:2}"
}

# image_ccache SUITE DEB...: prints a folder of ccache with what DKMS compiles
# of these packages in that suite's guest: there the compiler is slow.
image_ccache() {
    local key
    key=$({
        basename "$(image_get "$1")"
        cat -- "$IMAGE_SCRIPTS/compile"
        for deb in "${@:2}"; do
            dpkg-deb --fsys-tarfile "$deb" | tar -xO --wildcards './usr/src/*'
        done
    } | cache_key)
    printf '%s/ccache\n' "$(cache_get "compiled-$1" "$key" image_compile "$@")"
}

image_compile() {
    local suite=$1 dir=${*: -1}
    echo "image: compiling for the guests of $suite"
    cp -- "${@:2:$#-2}" "$IMAGE_SCRIPTS/compile" "$dir/"
    image_run "$suite" "$dir" /share/compile > "$dir/log" 2>&1 || { cat -- "$dir/log"; return 1; }
}
