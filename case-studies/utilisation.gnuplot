# SPDX-License-Identifier: GPL-2.0-or-later
# Case studies 2 and 3: CPU utilisation over N. Set folder and svg first.
set terminal svg size 800,500 font "sans-serif,13" background "white"
set output svg
set datafile separator ","
set grid
set key top left
set xlabel "N workloads of 200 R 10000"
set ylabel "CPU utilisation, percent of one CPU"
set title "CPU utilisation until the last of N has ended"
set xrange [0:12]
set xtics (1, 5, 11)
set yrange [0:*]

of(memory) = sprintf("< awk -F, '$1 == %d && $2 ~ /^n/' %s/table.csv", memory, folder)

plot of(4096) using 3:8 with linespoints linewidth 2 pointtype 7 linecolor rgb "#0060ad" \
         title "4096 MiB", \
     of(1024) using 3:8 with linespoints linewidth 2 pointtype 5 linecolor rgb "#dd6600" \
         title "1024 MiB and swap"
