# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What a guest's kernel says on its console.

# One word of each kind of complaint; all but lockdep's begin with a word of
# their own, but its reports say WARNING: as well.
CONSOLE_COMPLAINTS='BUG:|WARNING:|Oops|Call Trace|KASAN|KCSAN|UBSAN|ODEBUG:|Kernel panic'
CONSOLE_COMPLAINTS+='|INFO: (possible|suspicious|trying|task|rcu)|possible recursive locking'
CONSOLE_COMPLAINTS+='|suspicious RCU usage|sleeping function called|bad unlock balance|held lock freed'
CONSOLE_COMPLAINTS+='|refcount_t:|list_(add|del) corruption|general protection fault|double fault'
CONSOLE_COMPLAINTS+='|unable to handle|soft lockup|blocked for more than|workqueue lockup'
CONSOLE_COMPLAINTS+='|unreferenced object' # kmemleak, by way of the guest's init

# console_complaints FILE: prints the kernel's complaints, after their line
# numbers; succeeds if there are any.
console_complaints() {
    # An allocation that failed is told with a call trace. It may fail.
    awk '/page allocation failure|vmalloc error/ { failed = 1 }
        !(failed && /Call Trace/) { print NR ":" $0 }
        /<\/TASK>|Mem-Info/ { failed = 0 }' "$1" |
        grep -a -E "$CONSOLE_COMPLAINTS"
}

# console_excuse_oom FILE: takes out of it where the OOM killer shows whose
# allocation called it, once each time: anything else it leaves. Fails when the
# OOM killer has killed nobody.
console_excuse_oom() {
    awk '
        / invoked oom-killer: / { called = 1 }
        called && /Call Trace:\r?$/ { called = 0; next }
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
    local file=$1 qemu=$2 status line
    status=$(grep -a -o 'mp3-guest: status [0-9]*' "$file" | tail -n 1 | cut -d' ' -f3) || status=
    line=$(console_complaints "$file" | sed -n '1s/:.*//p') || line= # none: grep's status
    if [[ -n $line ]]; then
        echo "vm: the guest's kernel complained; from its console:" >&2
        sed -n "$((line > 5 ? line - 5 : 1)),$((line + 60))p" "$file" >&2
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
