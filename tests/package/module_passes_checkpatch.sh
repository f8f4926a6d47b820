#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The kernel's own style checker, strict, on every file of the module.
. "$(dirname "$0")/lib.sh"

scripts=$(tests/vm/checkpatch)
mapfile -t files < <(sources 'src/kernel/*.[ch]' | sed 's|^src/kernel/||')
(( ${#files[@]} )) || fail "no files"
# In a copy, with its settings: it leaves a file where it runs.
cp -r src/kernel/. "$tmp"
cd "$tmp"
mkdir include # or it complains
perl "$scripts/checkpatch.pl" --strict --no-tree --quiet --terse --root=. -f "${files[@]}"
