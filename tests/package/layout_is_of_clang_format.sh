#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The formatter decides: nothing is left for `make format` to do.
. "$(dirname "$0")/lib.sh"

sources '*.cpp' '*.hpp' > "$tmp/files"
[[ -s $tmp/files ]] || fail "no C++ files"
xargs -d '\n' clang-format --dry-run -Werror < "$tmp/files"
