#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Both ways: each option of a command's --help is in its manual page, and the
# page has no other.
page_of()
{
    echo "$SOURCE/man/mp3prof${1:+-$1}.1"
}

# The options of a page: the lines ".It Fl f , Fl -follow ..." of its description.
manual_options()
{
    awk '
        /^\.Sh /  { inside = ($2 == "DESCRIPTION") }
        inside && /^\.It Fl / { for (i = 2; i <= NF; i++) if ($i == "Fl") print "-" $(i + 1) }
    ' "$(page_of "$1")" | sort -u
}

for command in "" $commands; do
    wanted=$(help_options "$command")
    [[ -n $wanted ]] || fail "no options in mp3prof $command --help"
    [[ -z $command ]] || wanted=$(grep -vxE -e '-h|--help' <<<"$wanted")
    diff <(sed '/^$/d' <<<"$wanted") <(manual_options "$command") ||
        fail "'mp3prof $command --help' (<) and $(page_of "$command") (>) differ"
done
diff <(tr ' ' '\n' <<<"$commands" | sort) \
    <(sed -nE 's/^\.It Xr mp3prof-([a-z]+) 1$/\1/p' "$SOURCE/man/mp3prof.1" | sort) ||
    fail "the commands (<) and those that mp3prof(1) lists (>) differ"
diff <("$MP3PROF" --help | awk '/^Subcommands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' | sort) \
    <(tr ' ' '\n' <<<"$commands" | sort) || fail "--help (<) and this test (>) know other commands"
