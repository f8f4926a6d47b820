#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# status, for a member of the group: nothing to mend.
. "$(dirname "$0")/lib.sh"
as alice

status_is 0 mp3prof status
has out '/dev/mp3, root:mp3prof 0660'
has out 'loaded, ABI 1\.'
status_is 0 mp3prof status --format json
if command -v python3 > /dev/null; then
    python3 -c 'import json, sys; json.load(sys.stdin)' < out
elif command -v jq > /dev/null; then
    jq . < out > /dev/null
else
    perl -MJSON::PP -e 'local $/; JSON::PP->new->decode(<STDIN>)' < out
fi
