#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the package puts where, beside the module's sources.
. "$(dirname "$0")/lib.sh"

dpkg-deb -c "$DEB" | awk '$1 !~ /^d/ { print $6 }' | grep -v '^\./usr/src/' | sort > "$tmp/there"
sort > "$tmp/wanted" <<END
./usr/bin/mp3prof
./usr/include/mp3prof/mp3.h
./usr/lib/modules-load.d/mp3prof.conf
./usr/lib/sysusers.d/mp3prof.conf
./usr/lib/udev/rules.d/60-mp3prof.rules
./usr/share/bash-completion/completions/mp3prof
./usr/share/doc/mp3prof/ARCHITECTURE.md.gz
./usr/share/doc/mp3prof/README.Debian
./usr/share/doc/mp3prof/changelog.gz
./usr/share/doc/mp3prof/copyright
./usr/share/doc/mp3prof/examples/mp3prof-export.service
./usr/share/doc/mp3prof/examples/mp3prof.json
./usr/share/fish/vendor_completions.d/mp3prof.fish
./usr/share/man/man1/mp3prof-bench.1.gz
./usr/share/man/man1/mp3prof-diff.1.gz
./usr/share/man/man1/mp3prof-export.1.gz
./usr/share/man/man1/mp3prof-import.1.gz
./usr/share/man/man1/mp3prof-monitor.1.gz
./usr/share/man/man1/mp3prof-plot.1.gz
./usr/share/man/man1/mp3prof-record.1.gz
./usr/share/man/man1/mp3prof-register.1.gz
./usr/share/man/man1/mp3prof-report.1.gz
./usr/share/man/man1/mp3prof-run.1.gz
./usr/share/man/man1/mp3prof-status.1.gz
./usr/share/man/man1/mp3prof-study.1.gz
./usr/share/man/man1/mp3prof-unregister.1.gz
./usr/share/man/man1/mp3prof-work.1.gz
./usr/share/man/man1/mp3prof.1.gz
./usr/share/man/man4/mp3.4.gz
./usr/share/man/man5/mp3prof-record.5.gz
./usr/share/man/man7/mp3prof.7.gz
./usr/share/zsh/vendor-completions/_mp3prof
END
diff -u "$tmp/wanted" "$tmp/there"
