#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every source file begins with its license, the module's with GPL-2.0-only.
. "$(dirname "$0")/lib.sh"

missing=$(sources '*' | grep -E '\.(c|h|cpp|hpp|sh|in|cmake|rules)$|/(Makefile|Kbuild|CMakeLists\.txt)$|^tools/|^man/' |
    while IFS= read -r file; do
        head -n 3 -- "$file" | grep -q SPDX-License-Identifier || printf '%s\n' "$file"
    done)
[[ -z $missing ]] || fail "no license in: $missing"

other=$(sources 'src/kernel/[!.]*' | while IFS= read -r file; do
    head -n 3 -- "$file" | grep -q 'SPDX-License-Identifier: .*GPL-2\.0-only' || printf '%s\n' "$file"
done)
[[ -z $other ]] || fail "not GPL-2.0-only: $other"
