#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Options cannot differ, as the completion is made of the parser's; this shows that
# bash gets at them, and at values.
# shellcheck source=/dev/null
source "$COMPLETIONS/bash/mp3prof"

complete_line()
{
    COMP_WORDS=("$@")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _mp3prof
    printf '%s\n' "${COMPREPLY[@]}"
}

for command in "" $commands; do
    # shellcheck disable=SC2086 # no command is no word
    diff <(help_options "$command") <(complete_line mp3prof $command - | sort -u) ||
        fail "'mp3prof $command --help' (<) and the completion (>) differ"
done
diff <(tr ' ' '\n' <<<"$commands" | sort) <(complete_line mp3prof "" | sort) ||
    fail "the commands (<) and their completion (>) differ"
[[ $(complete_line mp3prof monitor --format j) == jsonl ]] || fail "formats are not completed"
[[ $(complete_line mp3prof status --format j) == json ]] || fail "formats of status are not completed"
[[ -z $(complete_line mp3prof bench --format cl) ]] || fail "bench is completed with a format it has not"
[[ $(complete_line mp3prof work 64 L) == L ]] || fail "patterns are not completed"
[[ $(complete_line mp3prof work 64 se) == seq ]] || fail "patterns are not completed"
[[ $(complete_line mp3prof monitor --format = j) == jsonl ]] || fail "values behind = are not completed"
[[ $(complete_line mp3prof monitor --format =) == classic* ]] || fail "values behind = are not completed"
[[ $(complete_line mp3prof monitor -o "$tmp") == "$tmp" ]] || fail "files are not completed"
has "$(complete_line mp3prof run --interval = 1s ca)" "cat"
has "$(complete_line mp3prof register "$$")" "$$"
has "$(complete_line mp3prof run --no-follow ca)" "cat"
