#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Few of the twenty live long enough to be seen; each takes more than 30 faults.
# shellcheck disable=SC2016 # for the shell that is run
many=(sh -c 'i=0; while [ $i -lt 20 ]; do /bin/true; i=$((i+1)); done')
run_it 3 run --source proc --fail-if 'minflt>600' -- "${many[@]}"
has "$err" "mp3prof: 'minflt>600' held at "
run_it 0 run --source proc --fail-if 'minflt>600' --no-follow -- "${many[@]}"
# Nor does the memory of its children.
large=(sh -c 'head -c 200M /dev/zero | tail -n 1 > /dev/null; true')
run_it 3 run --source proc --fail-if 'rss>64M' -- "${large[@]}"
run_it 0 run --source proc --fail-if 'rss>64M' --no-follow -- "${large[@]}"
run_it 3 run --source proc --fail-if 'rss>=4K' --fail-if 'threads>=1' --fail-if 'processes>=1' -- true
for limit in 'rss>=4K' 'threads>=1' 'processes>=1'; do
    has "$err" "mp3prof: '$limit' held at "
done
