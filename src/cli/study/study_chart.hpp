// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "study/study_result.hpp"

#include <string>
#include <utility>
#include <vector>

namespace mp3prof
{

// A curve that is expected is drawn as a line, one that was measured as points.
enum class Origin { expected, measured };

struct ChartCurve {
    std::string name;
    Origin origin = Origin::measured;
    std::size_t color = 0; // what belongs together has the same
    std::vector<std::pair<double, double>> points;
};

struct Chart {
    std::string file; // its name, without an ending
    std::string title;
    std::string x_axis; // with units
    std::string y_axis;
    std::vector<ChartCurve> curves;
};

// What an experiment has to show.
[[nodiscard]] std::vector<Chart> charts_of(const StudyResult& result);

// The script that draws it for gnuplot, data and all, as FILE.svg in the folder
// that it runs in.
[[nodiscard]] std::string chart_script(const Chart& chart);

} // namespace mp3prof
