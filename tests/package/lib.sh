# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# For the scripts beside it: each shows one fact. Status 77: it cannot be shown
# here. SOURCE is the checkout, DEB the built package.
set -euo pipefail

: "${SOURCE:?}" "${DEB:?}"
cd "$SOURCE"
tmp=$(mktemp -d)
trap 'rm -rf -- "$tmp"' EXIT

fail() {
    echo "FAIL: $*"
    exit 1
}

# sources PATTERN...: files of the tree, what git knows or would add.
sources() {
    git -c safe.directory="$SOURCE" ls-files --cached --others --exclude-standard -- "$@" | sort -u |
        while IFS= read -r file; do
            if [[ -e $file ]]; then printf '%s\n' "$file"; fi
        done
}

# includes_go_down FOLDER TABLE FILES...: each #include "..." of a file of
# FOLDER goes to one of a lower row in TABLE. A row is a number and patterns;
# the longest pattern that matches is a file's. A file may include its own row
# only if it is of the same noun or folder.
includes_go_down() {
    local folder=$1 table=$2
    shift 2
    ( cd "$folder" && grep -H -o '^#include "[^"]*"' "$@" ) |
        sed -E 's/:#include "([^"]*)"/ \1/' |
        awk -v table="$table" '
            function rank(file,    n, i, best) {
                best = ""
                for (i in row)
                    if (index(file, i) == 1 && length(i) > length(best)) best = i
                noun = best
                return best == "" ? -1 : row[best]
            }
            BEGIN {
                lines = split(table, text, "\n")
                for (l = 1; l <= lines; l++) {
                    n = split(text[l], word, " ")
                    for (w = 2; w <= n; w++) row[word[w]] = word[1]
                }
            }
            {
                from = rank($1); from_noun = noun
                to = rank($2); to_noun = noun
                if (from < 0) { print $1 " has no row in the table"; bad = 1 }
                else if (to < 0) { print $2 " has no row in the table"; bad = 1 }
                else if (to > from || (to == from && to_noun != from_noun)) {
                    print $1 " includes " $2 ": up, or across"; bad = 1
                }
                count++
            }
            END {
                print count " includes"
                exit bad || count == 0
            }'
}
