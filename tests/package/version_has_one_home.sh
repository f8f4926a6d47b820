#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The version stands in dkms.conf; the changelog has a section for it, and
# nothing else in the tree says it.
. "$(dirname "$0")/lib.sh"

version=$(tools/version)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "dkms.conf: no version: '$version'"
grep -qx "## $version" CHANGELOG.md || fail "CHANGELOG.md has no section $version"
[[ $(dpkg-deb -f "$DEB" Version) == "$version" ]] || fail "the package has another version; make deb"

mapfile -t files < <(sources src debian udev man completions tools tests CMakeLists.txt Makefile)
! grep -n -F -- "$version" "${files[@]}" || fail "$version stands there, too"
