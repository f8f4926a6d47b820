#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

command -v mandoc >/dev/null || skip "no mandoc"
mandoc -T lint -W warning "$SOURCE"/man/*.[14] || fail "mandoc has warnings"
