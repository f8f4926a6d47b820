#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Both ways: each command and option of --help is in its section of mp3prof(1),
# and the section has no other.
manual=$SOURCE/man/mp3prof.1

# The options of a command's section: the lines ".It Fl f , Fl -follow ...".
manual_options()
{
    awk -v want="$1" '
        /^\.Sh /  { inside = (want == "" && $2 == "DESCRIPTION") }
        /^\.Ss /  { inside = ($2 == want) }
        inside && /^\.It Fl / { for (i = 2; i <= NF; i++) if ($i == "Fl") print "-" $(i + 1) }
    ' "$manual" | sort -u
}

for command in "" $commands; do
    wanted=$(help_options "$command")
    [[ -n $wanted ]] || fail "no options in mp3prof $command --help"
    [[ -z $command ]] || wanted=$(grep -vxE -e '-h|--help' <<<"$wanted")
    diff <(echo "$wanted") <(manual_options "$command") ||
        fail "'mp3prof $command --help' (<) and the manual (>) differ"
done
diff <(tr ' ' '\n' <<<"$commands" | sort) <(sed -nE 's/^\.Ss (.*)$/\1/p' "$manual" | sort) ||
    fail "the commands (<) and the manual's sections (>) differ"
diff <("$MP3PROF" --help | awk '/^Subcommands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' | sort) \
    <(tr ' ' '\n' <<<"$commands" | sort) || fail "--help (<) and this test (>) know other commands"
