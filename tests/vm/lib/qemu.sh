# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Running qemu. Needs cache.sh and console.sh.

# Any trouble of the guest's kernel ends the guest at once.
# no_timer_check: that check compares with real time, and a busy host fails it.
# mitigations=off: emulation has no side channels, and pays dear for the cures.
# shellcheck disable=SC2034 # for who sources this
QEMU_KERNEL_ARGS='console=ttyS0 panic=-1 panic_on_warn=1 oops=panic softlockup_panic=1 no_timer_check mitigations=off'

# qemu_accel PROBE...: prints kvm where a guest under KVM is known to work,
# else tcg. The first time on a machine, `PROBE... kvm` is run to find out:
# there are machines whose /dev/kvm opens and whose guests hang.
# MP3PROF_ACCEL=tcg or kvm decides without asking.
qemu_accel() {
    if [[ -n ${MP3PROF_ACCEL:-} ]]; then
        printf '%s\n' "$MP3PROF_ACCEL"
    elif [[ ! -r /dev/kvm || ! -w /dev/kvm ]]; then
        echo tcg
    else
        local key dir
        key=$({ uname -a; cat /proc/sys/kernel/random/boot_id; } | cache_key accel)
        dir=$(cache_get accel "$key" qemu_probe "$@")
        cat -- "$dir/accel"
    fi
}

qemu_probe() {
    local dir=${*: -1}
    set -- "${@:1:$#-1}"
    echo "vm: trying KVM"
    if "$@" kvm >/dev/null 2>&1; then echo kvm; else echo tcg; fi > "$dir/accel"
    echo "vm: guests run under $(< "$dir/accel")"
}

# qemu_run ACCEL SECONDS CONSOLE ARGS...: boots a guest whose kernel talks into
# the file CONSOLE and whose second serial port is our stdout. ACCEL is kvm,
# tcg, or tcg-turns: its CPUs take turns; or virtual: virtual time, one
# instruction a nanosecond, one CPU; while the guest sleeps its clock jumps.
qemu_run() {
    local accel=$1 seconds=$2 console=$3 cpu
    shift 3
    case $accel in
    kvm) cpu=(-accel kvm -cpu host -smp 2) ;;
    tcg) cpu=(-accel "tcg,thread=multi,tb-size=512" -cpu "max,la57=off" -smp 2) ;;
    tcg-turns) cpu=(-accel "tcg,thread=single,tb-size=512" -cpu "max,la57=off" -smp 2) ;;
    virtual) cpu=(-accel "tcg,thread=single,tb-size=512" -cpu max -smp 1 -icount "shift=0,sleep=off") ;;
    esac
    timeout --foreground --kill-after=10 "$seconds" \
        qemu-system-x86_64 -nodefaults -no-user-config -no-reboot -display none -monitor none \
        "${cpu[@]}" -serial "file:$console" -serial stdio "$@" < /dev/null
}
