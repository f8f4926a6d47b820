#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

command -v fish >/dev/null || skip "no fish"
export HOME=$tmp XDG_CONFIG_HOME=$tmp/config XDG_DATA_HOME=$tmp/data

# What fish offers for a line, without the words beside it.
complete_line()
{
    fish --no-config -c "source $COMPLETIONS/fish/mp3prof.fish; complete --do-complete '$1'" | cut -f1
}

for command in $commands; do
    diff <(help_options "$command") <(complete_line "mp3prof $command -" | sort -u) ||
        fail "'mp3prof $command --help' (<) and the completion (>) differ"
done
diff <(tr ' ' '\n' <<<"$commands" | sort) <(complete_line "mp3prof " | sort) ||
    fail "the commands (<) and their completion (>) differ"
has "$(complete_line 'mp3prof monitor --format j')" jsonl
