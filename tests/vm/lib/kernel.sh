# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Debian's own kernel of this machine's release, and our module built for it.
# Needs cache.sh and apt.sh.

KERNEL_TOP=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../../..")

# kernel_release: that of the installed headers, like 6.1.0-56-amd64.
kernel_release() {
    local arch
    arch=$(dpkg --print-architecture)
    dpkg-query -W -f '${Depends}' "linux-headers-$arch" | sed -E 's/^linux-headers-(\S+).*/\1/'
}

# kernel_image RELEASE: prints a folder with that kernel as `vmlinuz`, taken
# from Debian's package without installing it.
kernel_image() {
    local key
    key=$(cache_key "$1" < /dev/null)
    cache_get kernel "$key" kernel_fetch "$1"
}

kernel_fetch() {
    local release=$1 dir=$2
    apt_fetch "linux-image-$release" "$dir" &&
        dpkg-deb --fsys-tarfile "$dir"/*.deb |
            tar -x -C "$dir" --strip-components=2 "./boot/vmlinuz-$release" &&
        mv -- "$dir/vmlinuz-$release" "$dir/vmlinuz" &&
        rm -- "$dir"/*.deb
}

# kernel_module RELEASE: prints a folder with mp3.ko for that kernel, built
# from a clean copy of src/kernel.
kernel_module() {
    local key
    key=$("$KERNEL_TOP/tools/copy-module-sources" - | cache_key "$1")
    cache_get module "$key" kernel_build_module "/lib/modules/$1/build" "$KERNEL_TOP"
}

# kernel_build_module KDIR CHECKOUT [WORDS for make...] DIR
kernel_build_module() {
    local kdir=$1 checkout=$2 dir=${*: -1}
    set -- "${@:3:$#-3}"
    echo "vm: building mp3.ko for $(< "$kdir/include/config/kernel.release")"
    "$checkout/tools/copy-module-sources" "$dir/tree" &&
        make -C "$dir/tree/src/kernel" KDIR="$kdir" -j"$(nproc)" "$@" &&
        mv -- "$dir/tree/src/kernel/mp3.ko" "$dir/mp3.ko" &&
        rm -rf -- "$dir/tree"
}

# kernel_disk_modules RELEASE: prints the paths of what that kernel needs for a
# virtio disk, in the order of loading; what it has built in has no module.
kernel_disk_modules() {
    local key dir name
    key=$(cache_key "$1" disk < /dev/null)
    dir=$(cache_get kernel-disk "$key" kernel_fetch_disk "$1")
    for name in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk; do
        if [[ -e $dir/$name.ko ]]; then printf '%s\n' "$dir/$name.ko"; fi
    done
}

kernel_fetch_disk() {
    local release=$1 dir=$2
    apt_fetch "linux-image-$release" "$dir" &&
        dpkg-deb --fsys-tarfile "$dir"/*.deb |
            tar -x -C "$dir" --wildcards --transform 's|.*/||' "*/drivers/virtio/virtio*.ko" \
                "*/drivers/block/virtio_blk.ko" &&
        rm -- "$dir"/*.deb
}
