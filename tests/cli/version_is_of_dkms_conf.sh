#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

wanted=$(sed -nE 's/^PACKAGE_VERSION="(.*)"$/\1/p' "$SOURCE/dkms.conf")
run_it 0 --version
[[ -n $wanted && $out == "mp3prof $wanted" ]] || fail "'$out' is not 'mp3prof $wanted'"
