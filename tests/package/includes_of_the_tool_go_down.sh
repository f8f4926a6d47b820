#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Folders of the tool include only what stands below them.
. "$(dirname "$0")/lib.sh"

mapfile -t files < <(sources 'src/cli/*.cpp' 'src/cli/*.hpp' | sed 's|^src/cli/||')
includes_go_down src/cli "\
7 main
6 app
5 commands/
4 format/
3 device/
2 rates/
1 ring/ format/units
0 sys/ mp3.h version.hpp" "${files[@]}"
