#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Differences between kernels are in compat.h and nowhere else.
. "$(dirname "$0")/lib.sh"

grep -q LINUX_VERSION_CODE src/kernel/compat.h || fail "compat.h compares no versions: is this test blind?"
mapfile -t others < <(sources 'src/kernel/*.[ch]' | grep -v '/compat\.h$')
! grep -n -E 'LINUX_VERSION_CODE|KERNEL_VERSION|linux/version\.h' "${others[@]}" || fail "a kernel version outside compat.h"
