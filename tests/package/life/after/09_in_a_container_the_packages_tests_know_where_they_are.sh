#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# As Debian's runner does it on most of its machines: where nothing may be loaded, the
# tool alone can be tested.
. "$(dirname "$0")/../lib.sh"

another_system
inside sh -c 'autopkgtest --summary=/summary /tests/source /tests/mp3prof.deb -- chroot /; cat /summary' |
    tee "$tmp/words"
grep -q '^without-module  *PASS' "$tmp/words" || fail "without-module did not pass"
grep -q '^with-module  *SKIP.*isolation-machine' "$tmp/words" || fail "with-module was not left out"
! grep -E '^[a-z-]+ +F(AIL|LAKY)' "$tmp/words" || fail "a test failed"
