# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Kernels that notice mistakes: NAME is kasan or kcsan. Needs cache.sh, apt.sh
# and kernel.sh.

DEBUG_KERNEL_FILES=$(dirname "${BASH_SOURCE[0]}")/../debug-kernel

# debug_kernel NAME: prints a folder with `vmlinuz`, and `build` to build
# modules against; built first when it is not there yet, which takes long.
debug_kernel() {
    local key
    key=$(cache_key_files "$(apt_candidate linux-source-6.1)" -- \
        "$DEBUG_KERNEL_FILES"/{make-kernel,common.config,"$1.config"})
    cache_get "debug-$1" "$key" debug_kernel_make "$1"
}

debug_kernel_make() {
    echo "vm: building the $1 kernel: long, once"
    "$DEBUG_KERNEL_FILES/make-kernel" "$2" "$1"
}

# debug_module NAME: prints a folder with mp3.ko for that kernel, built from a
# clean copy of src/kernel.
debug_module() {
    local kernel key
    kernel=$(debug_kernel "$1")
    key=$("$KERNEL_TOP/tools/copy-module-sources" - | cache_key "$kernel")
    cache_get "module-$1" "$key" debug_build_module "$kernel" "$KERNEL_TOP"
}

# debug_build_module KERNEL CHECKOUT DIR
debug_build_module() {
    kernel_build_module "$1/build" "$2" UBSAN_SANITIZE=y "$3"
}
