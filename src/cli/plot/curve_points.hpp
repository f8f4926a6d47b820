// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "plot/picture.hpp"
#include "plot/points.hpp"
#include "plot/timeline.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mp3prof
{

enum class Figure { minor_faults, major_faults, cpu, rss, swap };

// One figure, in one way of looking at it.
struct CurveKind {
    Figure figure = Figure::minor_faults;
    bool per_second = false;
    Running running = Running::each;
};

// The panels of a picture: minor and major faults differ by orders of magnitude.
[[nodiscard]] std::vector<CurveKind> kinds_of(What what, Running running);

// For the picture and for its axis.
[[nodiscard]] std::string words_of(What what, Running running);
[[nodiscard]] std::string axis_words(const CurveKind& kind);

struct AxisUnit {
    double factor = 1000;                   // from one suffix to the next
    std::vector<std::string_view> suffixes; // as printf has them
};
[[nodiscard]] AxisUnit axis_unit(const CurveKind& kind);

// The line of a trace from its first step to its end, or to `end` where it lives
// then; x in nanoseconds. Across a time with lost records the rate is the mean.
[[nodiscard]] std::vector<Point> points_of(const Trace& trace, nanoseconds end,
                                           const CurveKind& kind);

} // namespace mp3prof
