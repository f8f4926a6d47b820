// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "plot/points.hpp"
#include "plot/timeline.hpp"
#include "sys/error.hpp"

#include <span>
#include <string>
#include <vector>

namespace mp3prof
{

enum class What { faults, rate, cpu, rss, swap };
enum class Running { each, sum }; // by interval, or since the begin
enum class Lines { processes, total };

// What is to be drawn of timelines.
struct PictureWish {
    What what = What::rate;
    Running running = Running::each;
    Lines lines = Lines::total;
    std::size_t columns = 900; // pixels from end to end
};

struct Curve {
    std::string name;
    std::size_t color = 0; // number in the palette; the same in all panels
    std::vector<Point> points;
    std::vector<double> starts; // times of processes' births and exits
    std::vector<double> exits;
};

// One kind of figure over the time.
struct Panel {
    std::string axis;    // what it is, with its unit
    std::string numbers; // a printf format for those at the axis
    double top = 1;      // the axis goes from 0 to here
    double tic = 0;      // from one of those numbers to the next; 0: as it comes
    std::vector<Curve> curves;
};

struct Band {
    double begin = 0;
    double end = 0;
};

// Everything that is seen, but for its size and colours.
struct Picture {
    std::string title;
    std::string subtitle; // the configuration
    std::string time_axis;
    double length = 1;
    std::vector<Panel> panels; // one below the other, of the same time
    std::vector<Band> blanks;  // times when records were lost
};

// At most so many processes have a line of their own, those with most of it; the
// others share one.
inline constexpr std::size_t most_lines = 7;

// The error says why there is nothing to draw, or no such thing.
[[nodiscard]] Result<Picture> draw(std::span<const Timeline> timelines, const PictureWish& wish);

} // namespace mp3prof
