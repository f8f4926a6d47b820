#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

command -v zsh >/dev/null || skip "no zsh"

# A terminal of zsh's own, in which Tab is pressed behind a line: what it lists.
cat > "$tmp/press-tab" <<'END'
zmodload zsh/zpty
zpty shell zsh -f
zpty -w shell "PROMPT=rea''dy; LISTMAX=1000; unsetopt list_packed; fpath=($COMPLETIONS/zsh \$fpath)"
zpty -w shell "autoload -U compinit; compinit -u -d $1/dump; echo at''tention"
zpty -r shell said '*attention*ready*' # then it reads keys, not lines
zpty -w -n shell "$2"$'\t\t\x15'
zpty -w shell "echo li''sted"
zpty -r shell said '*listed*'
print -r -- $said
zpty -d shell
END
complete_line()
{
    TERM=dumb COMPLETIONS=$COMPLETIONS zsh -f "$tmp/press-tab" "$tmp" "$1"
}

offered=$(complete_line 'mp3prof ')
for command in $commands; do
    has "$offered" "$command "
done
has "$(complete_line 'mp3prof monitor --form')" "--format="
offered=$(complete_line 'mp3prof run -')
for option in $(help_options run); do
    has "$offered" "$option"
done
