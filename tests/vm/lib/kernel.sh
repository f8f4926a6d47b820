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
    apt_fetch "linux-image-$release" "$dir"
    dpkg-deb --fsys-tarfile "$dir"/*.deb | tar -x -C "$dir" --strip-components=2 "./boot/vmlinuz-$release"
    mv -- "$dir/vmlinuz-$release" "$dir/vmlinuz"
    rm -- "$dir"/*.deb
}

# kernel_module RELEASE: prints a folder with mp3.ko for that kernel, built
# from a clean copy of src/kernel.
kernel_module() {
    local key files
    mapfile -t files < <(find "$KERNEL_TOP/dkms.conf" "$KERNEL_TOP/src/kernel" -type f \
        \( -name '*.[ch]' -o -name Kbuild -o -name Makefile -o -name dkms.conf \) ! -name '*.mod.c' | sort)
    key=$(cache_key_files "$1" "${files[@]#"$KERNEL_TOP"}" -- "${files[@]}")
    cache_get module "$key" kernel_build_module "$1"
}

kernel_build_module() {
    local release=$1 dir=$2
    echo "vm: building mp3.ko for $release"
    kernel_copy_sources "$dir/tree"
    make -C "$dir/tree/src/kernel" KDIR="/lib/modules/$release/build" -j"$(nproc)"
    mv -- "$dir/tree/src/kernel/mp3.ko" "$dir/mp3.ko"
    rm -rf -- "$dir/tree"
}

# kernel_copy_sources DIR: what DKMS gets, without objects of other builds.
kernel_copy_sources() {
    mkdir -p -- "$1"
    tar -c -C "$KERNEL_TOP" --exclude='*.o' --exclude='*.ko' --exclude='*.cmd' --exclude='*.mod' \
        --exclude='*.mod.c' --exclude=Module.symvers --exclude=modules.order dkms.conf src/kernel |
        tar -x -C "$1"
}
