# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The full guest's disk. Needs cache.sh.

IMAGE_MAKE=$(dirname "${BASH_SOURCE[0]}")/../full/make-image

# image_get: prints the folder with disk.img, vmlinuz and initrd.img. It is
# made anew once a month, with what the archive then has.
image_get() {
    local key
    key=$(cache_key_files "$(date +%Y-%m)" -- "$IMAGE_MAKE")
    cache_get image "$key" as_root "$IMAGE_MAKE"
}
