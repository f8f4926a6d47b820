#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# No error and no warning.
. "$(dirname "$0")/lib.sh"

lintian --allow-root --fail-on error,warning "$DEB"
