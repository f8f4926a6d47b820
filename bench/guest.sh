# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The guest that measures.

BENCH=$(realpath "$(dirname "${BASH_SOURCE[0]}")")

# The emulator counts a string instruction by its repetitions: a CPU without fast
# ones clears a page by words and not, in 4096 steps, by bytes.
bench_cpu='-cpu max,-erms,-fsrm'

# bench_guest BUILD [OPTIONS of quick...] -- ARGS...: runs mp3-bench in virtual
# time; its output is ours. Fails when a part could not be measured.
bench_guest() {
    local build=$1 options=() root status=0
    shift
    while [[ $1 != -- ]]; do options+=("$1"); shift; done
    shift
    root=$(mktemp -d)
    bench_root "$build" "$root"
    "$BENCH/../tests/vm/quick" --virtual-time --param max_cpu_percent=100 \
        --qemu "$bench_cpu" --root "$root" ${options[@]+"${options[@]}"} "$build/bench/mp3-bench" "$@" || status=$?
    rm -rf -- "$root"
    return "$status"
}

# bench_root BUILD DIR: what that guest has beside mp3-bench: the tool from the
# build folder, its peers from Debian's packages, and the libraries of all.
bench_root() {
    local build=$1 dir=$2 programs
    "$BENCH/../tools/need" sysstat linux-perf
    mkdir -p "$dir/usr/bin"
    programs=("$build/mp3prof" /usr/bin/pidstat /usr/bin/perf)
    cp -- "${programs[@]}" "$dir/usr/bin/"
    strip -- "$dir/usr/bin/mp3prof"
    mkdir -p "$dir/lib/terminfo/x"
    cp -- /lib/terminfo/x/xterm "$dir/lib/terminfo/x/"
    ldd "${programs[@]}" | sed -n 's/.*[[:space:]]\(\/[^ :]*\) (.*/\1/p' | sort -u |
        while IFS= read -r library; do
            mkdir -p "$dir${library%/*}"
            cp -L -- "$library" "$dir$library"
        done
}
