#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The package has all that builds the module, and nothing that a build left.
. "$(dirname "$0")/lib.sh"

dpkg-deb -x "$DEB" "$tmp"
tree=$tmp/usr/src/mp3prof-$(tools/version)
( cd "$tree" && find . -type f | sed 's|^\./||' | sort ) > "$tmp/there"
sources dkms.conf 'src/kernel/[!.]*' | sort > "$tmp/wanted"
diff -u "$tmp/wanted" "$tmp/there" || fail "the module's sources in the package differ from the tree's"
while IFS= read -r file; do
    cmp "$file" "$tree/$file" || fail "$file is another one; make deb"
done < "$tmp/wanted"
