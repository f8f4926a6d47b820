#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Folders of the tool include only what stands below them.
. "$(dirname "$0")/lib.sh"

mapfile -t files < <(sources 'src/cli/*.cpp' 'src/cli/*.hpp' | sed 's|^src/cli/||')
includes_go_down src/cli "\
9 main
8 app
7 commands/
6 format/ live/ plot/ study/
5 device/
4 recording/
3 rates/
2 workload/
1 ring/ format/units format/printable
0 sys/ mp3.h version.hpp" "${files[@]}"
