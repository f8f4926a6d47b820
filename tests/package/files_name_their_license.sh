#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every source file begins with its license, the module's with GPL-2.0-only.
. "$(dirname "$0")/lib.sh"

missing=$(sources '*' | while IFS= read -r file; do
    begin=$(head -n 3 -- "$file" | tr -d '\0')
    case $begin,$file in
    '#!'* | *.[ch] | *.[ch]pp | *.sh | *.in | *.cmake | *.rules | */Makefile | */Kbuild | */CMakeLists.txt | \
        *,tools/* | *,man/* | *,completions/*)
        [[ $begin == *SPDX-License-Identifier* ]] || printf '%s\n' "$file" ;;
    esac
done)
[[ -z $missing ]] || fail "no license in: $missing"

other=$(sources 'src/kernel/[!.]*' | while IFS= read -r file; do
    head -n 3 -- "$file" | grep -q 'SPDX-License-Identifier: .*GPL-2\.0-only' || printf '%s\n' "$file"
done)
[[ -z $other ]] || fail "not GPL-2.0-only: $other"
