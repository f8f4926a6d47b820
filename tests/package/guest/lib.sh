# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# For the cases beside it, and those of ../life: each shows one fact of
# installing and removing, in the full guest, as root; they run in the order of
# their names, each from where the one before has ended. MP3_DEB is the package.
set -euo pipefail

: "${MP3_DEB:?}"
tmp=$(mktemp -d)
trap 'jobs -rp | xargs -r kill 2> /dev/null; rm -rf -- "$tmp"' EXIT

fail() {
    echo "FAIL: $*"
    exit 1
}

# says PATTERN: what apt or dpkg has printed into $tmp/said, on one line of ours.
says() {
    cat -- "$tmp/said"
    (( $(grep -c '^mp3prof: ' "$tmp/said") == 1 )) || fail "not one line of ours"
    grep -q -E "^mp3prof: .*$1" "$tmp/said" || fail "it does not say: $1"
}

says_nothing() {
    cat -- "$tmp/said"
    ! grep '^mp3prof: ' "$tmp/said" || fail "it complains"
}

device_is_there() {
    [[ $(stat -c '%F %U:%G %a' /dev/mp3) == 'character special file root:mp3prof 660' ]] ||
        fail "$(ls -l /dev/mp3)"
}

# start_monitor: alice's, in the background, as $monitor.
start_monitor() {
    runuser -u alice -- mp3prof monitor --duration 30m > "$tmp/rows" 2>&1 &
    monitor=$!
    until (( $(cat /sys/module/mp3/refcnt) > 0 )); do sleep 0.2; done
}

# end_monitor: it must still be there, and end as it should.
end_monitor() {
    kill -0 "$monitor" || fail "the monitor has ended: $(cat "$tmp/rows")"
    pkill -TERM -u alice -x mp3prof
    wait "$monitor" || fail "the monitor has failed: $(cat "$tmp/rows")"
}

# another_system: a copy of this one in $other, that has not our package and no
# headers to build a module for; what it writes is forgotten.
another_system() {
    local layer=$tmp/layer
    other=$tmp/other
    mkdir "$layer" "$other"
    mount -t tmpfs tmpfs "$layer"
    mkdir "$layer/upper" "$layer/work"
    mount -t overlay -o "lowerdir=/,upperdir=$layer/upper,workdir=$layer/work" overlay "$other"
    trap 'umount --recursive --lazy "$tmp/other" "$tmp/layer"; rm -rf -- "$tmp"' EXIT
    mount -t proc proc "$other/proc"
    chroot "$other" dpkg --purge mp3prof
    umount "$other/proc"
    rm "$other"/lib/modules/*/build
}
