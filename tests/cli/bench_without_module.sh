#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

# Without the module there is what can be measured without it, and a word why.
needs_no_module
run_it 1 bench -n 3 --duration 10ms --csv
has "$err" "mp3prof: no figures of the sampler: cannot open /dev/mp3: "
for figure in stat_kept stat_opened ring_record; do
    has "$out" "$figure,3,"
done
[[ $out != *sampler* ]] || fail "figures of a sampler that is not there: $out"
