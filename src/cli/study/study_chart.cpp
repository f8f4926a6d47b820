// SPDX-License-Identifier: GPL-2.0-or-later
#include "study/study_chart.hpp"

#include "format/units.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace mp3prof
{

namespace
{

constexpr std::array<std::string_view, 6> palette = {"#0060ad", "#dd6600", "#008844",
                                                     "#aa2255", "#7755bb", "#555555"};

double pages_of(const Load& load)
{
    return static_cast<double>(load.size) / static_cast<double>(load.page);
}

// Faults over accesses, both by page: the same curve for any size of memory.
Chart locality_chart(const StudyResult& result)
{
    constexpr int steps = 40;
    Chart chart{"faults",
                "First touches of memory, by pattern",
                "accesses, by pages of the memory",
                "page faults, by pages of the memory",
                {}};
    for (std::size_t begin = 0; begin < result.groups.size();) {
        const Group& group = result.groups[begin].group;
        const std::string name = format_pattern(group.pattern);
        const double pages = pages_of(group.load);
        ChartCurve expected{name + " (expected)", Origin::expected, chart.curves.size() / 2, {}};
        ChartCurve measured{name, Origin::measured, expected.color, {}};
        std::size_t end = begin;
        std::uint64_t most = 0;
        for (;
             end < result.groups.size() && format_pattern(result.groups[end].group.pattern) == name;
             ++end) {
            const GroupResult& one = result.groups[end];
            most = std::max(most, one.group.load.accesses);
            measured.points.emplace_back(static_cast<double>(one.group.load.all_accesses()) / pages,
                                         one.faults() / pages);
        }
        for (std::uint64_t step = 0; step <= steps; ++step) {
            Load load = group.load;
            load.accesses = most * step / steps;
            expected.points.emplace_back(static_cast<double>(load.all_accesses()) / pages,
                                         expected_faults(group.pattern, load) / pages);
        }
        chart.curves.push_back(std::move(expected));
        chart.curves.push_back(std::move(measured));
        begin = end;
    }
    return chart;
}

using Figure = std::function<double(const GroupResult&)>;

std::vector<std::pair<double, double>> over_n(const StudyResult& result, const Figure& figure)
{
    std::vector<std::pair<double, double>> points;
    for (const GroupResult& one : result.groups) {
        points.emplace_back(static_cast<double>(one.group.processes), figure(one));
    }
    std::ranges::sort(points);
    return points;
}

std::string n_axis(const StudyResult& result)
{
    const Group& group = result.groups.front().group;
    return fmt::format("N workloads of {}", human_bytes(group.load.size));
}

Chart utilisation_chart(const StudyResult& result)
{
    const double alone = result.alone_percent();
    const auto expected = [&](const GroupResult& one) {
        return expected_utilisation(one.group.processes, alone, result.machine.cpus);
    };
    return {"utilisation",
            "CPU utilisation",
            n_axis(result),
            "percent of one CPU",
            {{"N times one alone, while memory suffices", Origin::expected, 5,
              over_n(result, expected)},
             {"measured", Origin::measured, 0, over_n(result, &GroupResult::cpu_percent)}}};
}

Chart completion_chart(const StudyResult& result)
{
    return {"completion",
            "Completion time",
            n_axis(result),
            "seconds until the last has ended",
            {{"measured", Origin::measured, 0,
              over_n(result, [](const GroupResult& one) { return one.wall_s; })}}};
}

Chart major_chart(const StudyResult& result)
{
    return {"majors",
            fmt::format("Major faults in {} of memory", human_bytes(result.plan.memory)),
            n_axis(result),
            "major faults",
            {{"expected", Origin::expected, 5,
              over_n(result, [](const GroupResult& one) { return one.expected.major_faults; })},
             {"measured", Origin::measured, 0,
              over_n(result, [](const GroupResult& one) { return one.major_faults; })}}};
}

} // namespace

std::vector<Chart> charts_of(const StudyResult& result)
{
    switch (result.plan.experiment) {
    case Experiment::locality:
        return {locality_chart(result)};
    case Experiment::multiprogramming:
        return {utilisation_chart(result), completion_chart(result)};
    case Experiment::thrashing:
        break;
    }
    return {major_chart(result), utilisation_chart(result), completion_chart(result)};
}

std::string chart_script(const Chart& chart)
{
    std::string text = "# Draws the picture; to be run in this folder: gnuplot FILE\n";
    std::string plot;
    for (std::size_t i = 0; i < chart.curves.size(); ++i) {
        const ChartCurve& curve = chart.curves[i];
        text += fmt::format("$curve{} << end_of_data\n", i);
        for (const auto& [x, y] : curve.points) {
            text += fmt::format("{:.6g} {:.6g}\n", x, y);
        }
        text += "end_of_data\n";
        const bool expected = curve.origin == Origin::expected;
        plot += fmt::format("{}$curve{} using 1:2 with {} linecolor rgb '{}' title '{}'",
                            i == 0 ? "plot " : ", \\\n     ", i,
                            expected ? "lines dashtype 2 linewidth 2"
                                     : "points pointtype 7 pointsize 0.8",
                            palette[curve.color % palette.size()], curve.name);
    }
    text += fmt::format("set terminal svg size 800,480 font 'sans-serif,13' background 'white'\n"
                        "set output '{}.svg'\n"
                        "set grid\n"
                        "set key outside bottom center horizontal\n"
                        "set title '{}'\nset xlabel '{}' offset 0,0.5\nset ylabel '{}'\n"
                        "set xrange [0:*]\nset yrange [0:*]\nset offsets graph 0.03, graph 0.03, "
                        "graph 0.05, 0\n",
                        chart.file, chart.title, chart.x_axis, chart.y_axis);
    return text + plot + "\n";
}

} // namespace mp3prof
