#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The installed ABI header stands by itself in both languages.
. "$(dirname "$0")/lib.sh"

dpkg-deb -x "$DEB" "$tmp"
echo '#include <mp3prof/mp3.h>' > "$tmp/user.c"
cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$tmp/usr/include" -c -o "$tmp/c.o" "$tmp/user.c"
c++ -x c++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -I"$tmp/usr/include" -c -o "$tmp/cpp.o" "$tmp/user.c"
