// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace mp3prof
{

struct Point {
    double x = 0;
    double y = 0;
    bool operator==(const Point&) const = default;
};

// From here on, points are thinned.
inline constexpr std::size_t most_points = 2000;

// Of points in the order of x, those that a picture of `columns` pixels between
// `begin` and `end` shows: of each column the first, the lowest, the highest and
// the last. So the line through them covers the pixels of the line through all,
// and no spike is lost. Few points stay as they are.
[[nodiscard]] std::vector<Point> thinned(std::span<const Point> points, double begin, double end,
                                         std::size_t columns);

} // namespace mp3prof
