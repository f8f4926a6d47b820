#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Files of the module include only what stands below them; ring and classic
# know no tasks.
. "$(dirname "$0")/lib.sh"

mapfile -t files < <(sources "src/kernel/*.[ch]" | sed "s,^src/kernel/,,")
includes_go_down src/kernel "\
10 main
9 chardev procfs
8 profiler
7 sampler
6 fork_hook recorder
5 registry
4 registrant
3 counters ring. classic
2 limits status_command
1 ring_layout compat
0 uapi/" "${files[@]}"
