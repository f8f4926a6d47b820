#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# unregister --all of an ordinary user leaves root's registrations.
. "$(dirname "$0")/lib.sh"

sleep 1000 &
roots=$!
mp3prof register "$roots"
usermod -aG mp3prof alice
runuser -u alice -- bash -c 'sleep 1000 & mp3prof register $!; mp3prof unregister --all; kill $!'
same "what is left" "$(cat /proc/mp3/status)" "$roots"
kill "$roots"
