#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Folders of the tool include only what stands below them.
. "$(dirname "$0")/lib.sh"

mapfile -t files < <(sources 'src/cli/*.cpp' 'src/cli/*.hpp' | sed 's|^src/cli/||')
includes_go_down src/cli "\
8 main
7 app
6 commands/
5 format/ live/ plot/ study/
4 device/
3 rates/ recording/
2 workload/
1 ring/ format/units format/printable
0 sys/ mp3.h version.hpp" "${files[@]}"
