#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every example of the manual pages works as it is typed.
. "$(dirname "$0")/lib.sh"

if [[ $(id -un) == root ]]; then
    echo 'alice ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/mp3-guest # the guest forgets it
    chmod 0440 /etc/sudoers.d/mp3-guest
    if ! pidof cron > /dev/null; then # the service of an example
        cp /bin/sleep /tmp/cron
        /tmp/cron 1000 &
        disown
    fi
fi
as alice

dpkg -L mp3prof | grep "/man[0-9]/" | xargs zcat > manual
# One example after the other: .Dl lines, and .Bd to .Ed blocks.
awk '
    /^\.Sh/ { inside = /EXAMPLES/ }
    !inside { next }
    /^\.Dl / { n++; sub(/^\.Dl /, ""); print > ("example." n); next }
    /^\.Bd/ { n++; block = 1; next }
    /^\.Ed/ { block = 0; next }
    block { print > ("example." n) }
' manual
ls example.* > /dev/null || fail "no examples in the pages"
printf 'all:\n\tls -R /usr/share/doc > /dev/null\n' > Makefile
for example in example.*; do
    sed -i 's/\\-/-/g; s/\\&//g; s/\\e/\\/g' "$example"
    echo "-- $(paste -sd';' "$example")"
    status=0
    timeout 200 bash -e "$example" > out 2> err || status=$?
    [[ $status == 0 ]] || fail "$(cat "$example"): status $status; $(cat err)"
    if grep -q '^mp3prof: cannot' err; then
        fail "$(cat "$example"): $(cat err)"
    fi
    jobs -p | xargs -r kill
done
sudo chown -R "$(id -un)" . # what examples have made by sudo, or it cannot be removed
