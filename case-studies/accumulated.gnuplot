# SPDX-License-Identifier: GPL-2.0-or-later
# Case study 1: accumulated faults over time. Set folder and svg first.
set terminal svg size 800,500 font "sans-serif,13" background "white"
set output svg
set datafile separator ","
set grid
set key bottom right
set xlabel "seconds since the first workload began"
set ylabel "accumulated page faults, minor and major"
set format y "%.0f"
set title "Two workloads of 1024 MiB, 20 iterations, in a guest of 4096 MiB"
set yrange [0:450000]

series(name) = sprintf("< awk -F, '$1 == \"%s\"' %s/series-4096.csv", name, folder)

plot 397072 with lines dashtype 2 linecolor rgb "#888888" title "expected: 397 072 and 294 583", \
     294583 with lines dashtype 2 linecolor rgb "#888888" notitle, \
     series("two-random") using 2:($3 + $4) with lines linewidth 2 linecolor rgb "#0060ad" \
         title "1024 R 50000 and 1024 R 10000", \
     series("random-local") using 2:($3 + $4) with lines linewidth 2 linecolor rgb "#dd6600" \
         title "1024 R 50000 and 1024 L 10000"
