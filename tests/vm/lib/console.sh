# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What a guest's kernel says on its console.

CONSOLE_COMPLAINTS='BUG:|WARNING:|Oops|Call Trace|KASAN|KCSAN|UBSAN|Kernel panic'
CONSOLE_COMPLAINTS+='|possible recursive locking|suspicious RCU usage|kmemleak|soft lockup'

# console_complaints FILE: prints the kernel's complaints; succeeds if there
# are any.
console_complaints() {
    # kmemleak announces itself at boot; that is none.
    grep -a -v 'kmemleak: Kernel memory leak detector initialized' "$1" |
        grep -a -E "$CONSOLE_COMPLAINTS"
}

# console_excuse_oom FILE: takes out of it where the OOM killer shows whose
# allocation called it, once each time: anything else it leaves. Fails when the
# OOM killer has killed nobody.
console_excuse_oom() {
    awk '
        / invoked oom-killer: / { called = 1 }
        called && /Call Trace:$/ { called = 0; next }
        /Out of memory: Killed process/ { killed++ }
        { print }
        END { exit !killed }' "$1" > "$1.excused" || return
    mv -- "$1.excused" "$1"
}

# console_verdict FILE QEMU_STATUS: turns a finished run into the test's exit
# status. The guest's last word must be there, whatever else happened.
#   the guest's own status   it said so, and its kernel had no complaint
#   124                      out of time
#   125                      the guest died, or its kernel complained
console_verdict() {
    local file=$1 qemu=$2 status
    status=$(grep -a -o 'mp3-guest: status [0-9]*' "$file" | tail -n 1 | cut -d' ' -f3) || status=
    if console_complaints "$file" >/dev/null; then
        echo "vm: the guest's kernel complained; from its console:" >&2
        grep -a -n -E -m 1 -B 5 -A 60 "$CONSOLE_COMPLAINTS" "$file" >&2
        return 125
    fi
    if [[ -n $status ]]; then
        return "$status"
    fi
    tail -n 40 -- "$file" >&2
    if (( qemu == 124 )); then
        echo "vm: out of time; above: the end of the console" >&2
        return 124
    fi
    echo "vm: the guest ended (qemu: $qemu) without its success line; above: the end of the console" >&2
    return 125
}
