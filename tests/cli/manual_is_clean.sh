#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

command -v mandoc >/dev/null || skip "no mandoc"
# Debian's other manuals need not be installed here.
mandoc -T lint "$SOURCE"/man/*.[1457] > "$tmp/words" 2>&1 || true # its status is that of styles, too
! grep -v 'referenced manual not found\|outdated mandoc.db' "$tmp/words" || fail "mandoc has something to say"
