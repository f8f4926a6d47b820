#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The case studies' totals are near those of the exercise's own programs, and
# the page says what the committed table does.
. "$(dirname "$0")/lib.sh"

table=docs/case-studies/table.csv
page=docs/case-studies.md

case-studies/check "$table" > "$tmp/totals" || fail "$(< "$tmp/totals")"
! sed 's/^4096,two-random,2,[0-9]*/4096,two-random,2,396277/' "$table" | case-studies/check > "$tmp/words" ||
    fail "0.2002 % too few are let pass: $(< "$tmp/words")"
! grep -v random-local "$table" | case-studies/check > "$tmp/words" || fail "no row, and no word of it"

# says LINE: that the page has it, numbers without their blanks.
sed -E ':more; s/([0-9]) ([0-9]{3})/\1\2/; t more' "$page" > "$tmp/page"
says() {
    grep -qE -- "$1" "$tmp/page" || fail "$page has no $1"
}

while read -r _ got _ _ wanted off _; do
    says "\| ${wanted%,} \| $got \| ${off/+/\\+} % \|"
done < "$tmp/totals"
while IFS=, read -r _ _ processes minor major _; do
    says "^\| $processes \|.* \| $minor \| $major \|\$"
done < <(grep ',n[0-9]' "$table")
