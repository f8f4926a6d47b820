#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every shell script of the tree.
. "$(dirname "$0")/lib.sh"

sources '*' | while IFS= read -r file; do
    case $(head -c 64 -- "$file" | head -n 1 | tr -d '\0') in
    '#!/bin/bash'* | '#!/bin/sh'* | '#!/bin/busybox sh'* | '# shellcheck shell='*) printf '%s\n' "$file" ;;
    *) case $file in *.sh | *.bash.in) printf '%s\n' "$file" ;; esac ;;
    esac
done > "$tmp/scripts"
echo "$(wc -l < "$tmp/scripts") scripts"
grep -qx tools/need "$tmp/scripts" || fail "tools/need is not among them: is this test blind?"
xargs -d '\n' -n 8 shellcheck -x < "$tmp/scripts"
