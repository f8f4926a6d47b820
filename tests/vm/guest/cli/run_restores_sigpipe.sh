#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A closed pipe ends the programs of the command as it does without run.
. "$(dirname "$0")/lib.sh"
as alice

# A systemd service, as this may be, starts with the signal ignored.
# shellcheck disable=SC2016 # for the bash inside
status_is 141 env --default-signal=PIPE \
    mp3prof run -- bash -c 'yes | head -1 > /dev/null; exit ${PIPESTATUS[0]}'
