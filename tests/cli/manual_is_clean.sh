#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

command -v mandoc >/dev/null || skip "no mandoc"
# Debian's other manuals need not be installed here.
# Its index need not be either: of that it complains on stderr, in the midst of a line of stdout.
mandoc -T lint "$SOURCE"/man/*.[1457] > "$tmp/words" 2> "$tmp/errors" ||
    (($? < 5)) || # up to there it has read them, and has words to say
    fail "mandoc cannot read them: $(<"$tmp/errors")"
! grep -v 'referenced manual not found' "$tmp/words" || fail "mandoc has something to say"
! grep -v 'outdated mandoc.db' "$tmp/errors" || fail "mandoc has something to say"
