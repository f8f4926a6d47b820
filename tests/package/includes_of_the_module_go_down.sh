#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Files of the module include only what stands below them; ring and classic
# know no tasks.
. "$(dirname "$0")/lib.sh"

mapfile -t files < <(sources "src/kernel/*.[ch]" | sed "s,^src/kernel/,,")
includes_go_down src/kernel "\
11 main
10 chardev procfs
9 profiler
8 sampler
7 fork_hook recorder
6 registry
5 process
4 registrant
3 counters ring. classic
2 limits status_command
1 ring_layout compat
0 uapi/" "${files[@]}"
