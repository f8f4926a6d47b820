# SPDX-License-Identifier: GPL-2.0-or-later
# Case study 3: 11 workloads over time, with enough memory and without. Set
# folder and svg first.
set terminal svg size 800,760 font "sans-serif,13" background "white"
set output svg
set datafile separator ","
set grid
set key bottom right
set xlabel "seconds since the first workload began"
set multiplot layout 2,1 title "11 workloads of 200 R 10000"

series(memory) = sprintf("< awk -F, '$1 == \"n11\"' %s/series-%d.csv", folder, memory)

set ylabel "accumulated major faults"
set format y "%.0f"
plot series(4096) using 2:4 with lines linewidth 2 linecolor rgb "#0060ad" title "4096 MiB", \
     series(1024) using 2:4 with lines linewidth 2 linecolor rgb "#dd6600" \
         title "1024 MiB and swap"

set ylabel "accumulated CPU time, seconds"
set format y "%g"
plot series(4096) using 2:5 with lines linewidth 2 linecolor rgb "#0060ad" title "4096 MiB", \
     series(1024) using 2:5 with lines linewidth 2 linecolor rgb "#dd6600" \
         title "1024 MiB and swap"
unset multiplot
