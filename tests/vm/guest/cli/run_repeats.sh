#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# run -r runs a command again and again, and tells the spread.
. "$(dirname "$0")/lib.sh"
as alice

status_is 0 mp3prof run -r 3 --warmup 2 -- sh -c 'echo ran >> ran'
same "runs" "$(wc -l < ran)" 5
has err 'sh -c .*: 3 runs'
has err 'wall time +[0-9.]+ s ± [0-9.]+ s +[0-9.]+ s … [0-9.]+ s'

status_is 0 mp3prof run -r 3 --csv -o runs.csv -- ls
same "rows" "$(wc -l < runs.csv)" 4
same "a run that failed" "$(rows runs.csv 'exit_status != 0' run)" ""
between "minor faults" 50 "$(rows runs.csv 'run == 2' minflt)" 1000

# The status is that of the first run that fails.
printf '0\n3\n4\n' > statuses
cat > next_status << 'END'
#!/bin/sh
read -r status < statuses
sed -i 1d statuses
exit "$status"
END
chmod +x next_status
status_is 3 mp3prof run -r 3 -- ./next_status
has err 'run 2: exit status 3'
status_is 127 mp3prof run -r 3 -- ./nothing_there
