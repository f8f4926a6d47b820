# SPDX-License-Identifier: GPL-2.0-or-later
# curve.csv as a picture: set csv and svg first.
set terminal svg size 800,560 font "sans-serif,13" background "white"
set output svg
set datafile separator ","
set logscale xy
set grid
set key top left
set xlabel "registered processes"
set ylabel "instructions a tick"
set title "What a tick takes of the sampler and of a monitor"
set xrange [8:20000]

taken(what, percent) = sprintf("< awk -F, '$2 == %d && $%d != \"\" { print $1 \",\" $%d }' %s", \
    percent, what, what, csv)

plot for [p in "0 1 10 100"] taken(3, int(p)) using 1:2 with linespoints linewidth 2 \
         title sprintf("sampler, %s %% active", p), \
     for [p in "1 10 100"] taken(4, int(p)) using 1:2 with linespoints dashtype 2 \
         title sprintf("monitor, %s %% active", p)
