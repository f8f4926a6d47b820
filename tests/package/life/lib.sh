# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# For the cases in before and after, of a reboot into a newer kernel.
# MP3_PREVIOUS_DEB is the package with a lower version, MP3_MODULES has modules
# of other ABIs.
. "$(dirname "${BASH_SOURCE[0]}")/../guest/lib.sh"

: "${MP3_PREVIOUS_DEB:?}" "${MP3_MODULES:?}"
export LC_ALL=C
# shellcheck disable=SC2034 # these are for the cases
running=$(uname -r)
# shellcheck disable=SC2034
running_pattern=${running//+/[+]} # 6.12.117+deb13-amd64
version=$(dpkg-deb -f "$MP3_DEB" Version)
# shellcheck disable=SC2034
previous=$(dpkg-deb -f "$MP3_PREVIOUS_DEB" Version)

skip() {
    echo "SKIP: $*"
    exit 77
}

# apt WORD...: its words are in $tmp/said, too; it must succeed.
apt() {
    apt-get -q -y -o Dpkg::Use-Pty=0 "$@" > "$tmp/said" 2>&1 || fail "apt-get $*: $(cat "$tmp/said")"
    cat -- "$tmp/said"
}

# mend FILE: runs the command that our line in FILE offers, as it stands there.
mend() {
    local command
    command=$(grep -E '^(mp3prof: |problem )' "$1" | grep -m 1 -o 'sudo .*') ||
        fail "no command in: $(cat "$1")"
    printf '$ %s\n' "$command"
    bash -e -c "$command" || fail "it does not mend it"
    udevadm settle
}

# dkms_says KERNEL WORD: of our module in the running version.
dkms_says() {
    dkms status mp3prof | tee "$tmp/dkms"
    grep -q "^mp3prof/$version, $1, .*: $2" "$tmp/dkms" || fail "DKMS does not say $2 for $1"
}

# status_says PATTERN: of a problem; nothing else is wrong.
status_says() {
    mp3prof status > "$tmp/status" || true # it fails where the module cannot be used
    cat -- "$tmp/status"
    (( $(grep -c '^problem ' "$tmp/status") == 1 )) || fail "not one problem"
    grep -q -E "^problem +.*$1" "$tmp/status" || fail "status does not say: $1"
}

# all_is_well: the device is there, a command is counted to the last fault, and
# nothing is complained of.
all_is_well() {
    device_is_there
    mp3prof status | tee "$tmp/status"
    ! grep '^problem ' "$tmp/status" || fail "status has a problem"
    counts_right
    ! complaints || fail "run complains"
}

# counts_right: run agrees with wait4(); its words are in $tmp/ran.
counts_right() {
    mp3prof run -- ls / > "$tmp/listed" 2> "$tmp/ran" || fail "run: $(cat "$tmp/ran")"
    cat -- "$tmp/ran"
    grep -q 'check .*equal to wait4' "$tmp/ran" || fail "run does not agree with wait4"
}

# complaints: the lines of run that are not its summary's first.
complaints() {
    grep '^mp3prof: ' "$tmp/ran" | grep -v '^mp3prof: ls /: exit status 0$'
}

# run_says PATTERN: in one line.
run_says() {
    (( $(complaints | wc -l) == 1 )) || fail "run does not say it in one line: $(cat "$tmp/ran")"
    complaints | grep -q -E "$1" || fail "run does not say: $1"
}

# listing: every file of the disk, with what it is and who may what; and what
# stands in /etc.
listing() {
    find / -xdev \( -path /tests -o -path /share -o -path /tmp \) -prune -o \
        -printf '%y %m %u:%g %l %p\n' | sort -k 5
    find /etc -type f -print0 | sort -z | xargs -0 sha256sum
}

# inside COMMAND...: in a container of that system.
inside() {
    systemd-nspawn --quiet --pipe --register=no --keep-unit --directory="$other" "$@"
}
