#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# debian/tests, by Debian's runner, on this machine: so it may do what wants a
# machine of its own.
. "$(dirname "$0")/../lib.sh"

autopkgtest --output-dir="$tmp/out" --summary="$tmp/summary" \
    --ignore-restrictions=isolation-machine,breaks-testbed /tests/source "$MP3_DEB" -- null || status=$?
cat -- "$tmp/summary"
(( ${status:-0} == 0 )) || fail "autopkgtest: status $status"
for test in without-module with-module dkms-autopkgtest; do
    grep -q "^$test  *PASS" "$tmp/summary" || fail "$test did not pass"
done
# That of all DKMS packages passes with nothing to test, too.
grep "PASS .*$running" "$tmp/out/dkms-autopkgtest-stdout" || fail "DKMS was not tested"
