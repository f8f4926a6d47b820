// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/gnuplot_script.hpp"

#include "format/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <iterator>

namespace mp3prof
{

namespace
{

// Beyond the last colour, the lines are dashed. Okabe and Ito's colours, which colour-blind people
// can tell apart, without the yellow that white paper swallows; grey is for the last, the others.
constexpr std::array<std::string_view, 8> palette{"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                  "#E69F00", "#56B4E9", "#000000", "#888888"};

constexpr double mark_slots = 150; // more marks than these along the time are a blur

std::string_view color_of(std::size_t number)
{
    return palette.at(number % palette.size());
}

void add_block(std::string& data, const std::vector<Point>& points)
{
    for (const Point& point : points) {
        fmt::format_to(std::back_inserter(data), "{:.9g} {:.9g}\n", point.x, point.y);
    }
    data += points.empty() ? "-1 0\n" : ""; // outside, so that the block counts
    data += "\n\n";                         // ends the block
}

// One mark where many would cover each other.
std::vector<Point> marks_of(const Panel& panel, double length,
                            const std::vector<double> Curve::*times)
{
    std::vector<double> all;
    for (const Curve& curve : panel.curves) {
        all.insert(all.end(), (curve.*times).begin(), (curve.*times).end());
    }
    std::ranges::sort(all);
    std::vector<Point> marks;
    for (const double time : all) {
        if (marks.empty() || time - marks.back().x > length / mark_slots) {
            marks.push_back({time, 0});
        }
    }
    return marks;
}

struct MarkKind {
    const std::vector<double> Curve::*times;
    const char* name;
    int point; // gnuplot's number: a triangle that stands, one that hangs
};

constexpr std::array<MarkKind, 2> mark_kinds{
    {{&Curve::starts, "start of a process", 9}, {&Curve::exits, "exit", 10}}};

// From one number at the axis to the next: 1, 2 or 5, and zeros, so that there
// is a line of text between them.
double text_tic(double top, unsigned rows)
{
    double power = std::pow(10, std::floor(std::log10(top)) - 2);
    for (;; power *= 10) {
        for (const double digit : {1, 2, 5}) {
            if (std::floor(top / (digit * power)) <= std::max(rows / 2, 1U)) {
                return digit * power;
            }
        }
    }
}

std::string tics(const Panel& panel, unsigned rows)
{
    const double tic = panel.tic == 0 && rows > 0 ? text_tic(panel.top, rows) : panel.tic;
    return tic > 0 ? fmt::format("set ytics 0,{:.9g}", tic) : "set ytics autofreq";
}

// The lines of one panel, and what stands in the legend.
std::string plot_command(const Panel& panel, const Picture& picture, std::string_view data,
                         unsigned rows, std::size_t& block)
{
    const double mark_height = rows > 0 ? 1.0 / rows : 0.03; // text has the axis in its last row
    std::string command = "plot ";
    const char* separator = "";
    for (const Curve& curve : panel.curves) {
        fmt::format_to(std::back_inserter(command),
                       "{}{} index {} using 1:2 with lines linewidth 1.5 dashtype {} linecolor rgb "
                       "'{}' title {}",
                       separator, data, block++, curve.color / palette.size() + 1,
                       color_of(curve.color), gnuplot_text(curve.name));
        separator = ", \\\n     ";
    }
    for (const MarkKind& kind : mark_kinds) {
        if (!marks_of(panel, picture.length, kind.times).empty()) {
            fmt::format_to(std::back_inserter(command),
                           "{}{} index {} using 1:({:.3g}) axes x1y2 with points pointtype {} "
                           "linecolor rgb '#444444' title '{}'",
                           separator, data, block, mark_height, kind.point, kind.name);
        }
        ++block;
    }
    if (!picture.blanks.empty()) {
        fmt::format_to(std::back_inserter(command),
                       "{}NaN with boxes fillstyle solid noborder linecolor rgb '#DDDDDD' title "
                       "'records were lost'",
                       separator);
    }
    return command + "\n";
}

} // namespace

std::string gnuplot_text(std::string_view text)
{
    constexpr std::string_view harmless = " .,:-+/()=%_";
    std::string result = "\"";
    bool escaped = false; // then a digit would be taken as one of its own
    for (const char c : printable(text)) {
        const auto byte = static_cast<unsigned char>(c);
        if (escaped && byte >= '0' && byte <= '7') {
            fmt::format_to(std::back_inserter(result), "\\{:03o}", byte);
            continue;
        }
        escaped = false;
        if (byte >= 0x80 || std::isalnum(byte) != 0 || harmless.find(c) != std::string_view::npos) {
            result += c;
        } else {
            fmt::format_to(std::back_inserter(result), "\\{:03o}", byte);
            escaped = true;
        }
    }
    return result + "\"";
}

std::string gnuplot_data(const Picture& picture)
{
    std::string data;
    for (const Panel& panel : picture.panels) {
        for (const Curve& curve : panel.curves) {
            add_block(data, curve.points);
        }
        for (const MarkKind& kind : mark_kinds) {
            add_block(data, marks_of(panel, picture.length, kind.times));
        }
    }
    return data;
}

unsigned rows_of_panel(const Picture& picture, TextSize text)
{
    const auto panels = static_cast<unsigned>(picture.panels.size());
    // Of the title, the legend and the time; and of each panel's own numbers.
    const unsigned others = 6 + 3 * panels;
    return (std::max(text.lines, others + 2 * panels) - others) / panels;
}

std::string gnuplot_script(const Picture& picture, std::string_view data, unsigned rows)
{
    std::string script;
    const auto line = [&script](std::string_view text) {
        script += text;
        script += '\n';
    };
    line("set encoding utf8");
    line("set key outside top center horizontal Left reverse");
    line("set tics nomirror");
    line("set border 3");
    line("set format x '%g'");
    line("set y2range [0:1]");
    line(fmt::format("set xrange [0:{:.9g}]", picture.length));
    for (const Band& blank : picture.blanks) {
        line(fmt::format("set object rectangle from {:.9g}, graph 0 to {:.9g}, graph 1 behind "
                         "fillcolor rgb '#DDDDDD' fillstyle solid noborder",
                         blank.begin, blank.end));
    }
    line(fmt::format("set multiplot layout {},1 title {} . \"\\n\" . {} . \"\\n\"",
                     picture.panels.size(), gnuplot_text(picture.title),
                     gnuplot_text(picture.subtitle)));
    line("set lmargin 12");
    std::size_t block = 0;
    for (const Panel& panel : picture.panels) {
        // The legend is above the first, what the time is below the last.
        if (&panel != &picture.panels.front()) {
            line("unset key");
        }
        if (&panel == &picture.panels.back()) {
            line(fmt::format("set xlabel {}", gnuplot_text(picture.time_axis)));
        }
        line(fmt::format("set ylabel {}", gnuplot_text(panel.axis)));
        line(fmt::format("set format y '{}'", panel.numbers));
        line(fmt::format("set yrange [0:{:.9g}]", panel.top));
        line(tics(panel, rows));
        script += plot_command(panel, picture, data, rows, block);
    }
    line("unset multiplot");
    return script;
}

std::string gnuplot_canvas(const Picture& picture, Canvas canvas, TextSize text,
                           std::string_view output)
{
    // noenhanced: in a name, _ ^ { } @ & ~ are what they are.
    const bool several = picture.panels.size() > 1;
    std::string lines;
    switch (canvas) {
    case Canvas::svg:
        lines = fmt::format("set terminal svg size 960,{} font 'sans-serif,14' background 'white' "
                            "noenhanced\n",
                            several ? 820 : 560);
        break;
    case Canvas::png:
        lines = fmt::format("set terminal pngcairo size 1280,{} font 'sans-serif,13' noenhanced\n",
                            several ? 1080 : 740);
        break;
    case Canvas::pdf:
        lines =
            fmt::format("set terminal pdfcairo size 24cm,{}cm font 'sans-serif,12' noenhanced\n",
                        several ? 20 : 14);
        break;
    case Canvas::text:
        lines =
            fmt::format("set terminal dumb mono size {},{} noenhanced\n", text.columns, text.lines);
        break;
    }
    if (canvas != Canvas::text) { // where it would look like lines of the picture
        lines += "set grid linetype 1 linewidth 0.5 linecolor rgb '#CCCCCC'\n";
        lines += canvas == Canvas::svg ? "set pointsize 0.5\n" : "set pointsize 1.1\n";
    }
    if (!output.empty()) {
        lines += fmt::format("set output {}\n", gnuplot_text(output));
    }
    return lines;
}

} // namespace mp3prof
