// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/points.hpp"

#include <algorithm>
#include <array>

namespace mp3prof
{

namespace
{

void keep(std::vector<Point>& kept, std::span<const Point> column)
{
    const auto [lowest, highest] = std::ranges::minmax_element(column, {}, &Point::y);
    std::array<std::size_t, 4> chosen{0, static_cast<std::size_t>(lowest - column.begin()),
                                      static_cast<std::size_t>(highest - column.begin()),
                                      column.size() - 1};
    std::ranges::sort(chosen);
    auto* const rest = std::unique(chosen.begin(), chosen.end());
    for (auto* at = chosen.begin(); at != rest; ++at) {
        kept.push_back(column[*at]);
    }
}

} // namespace

std::vector<Point> thinned(std::span<const Point> points, double begin, double end,
                           std::size_t columns)
{
    if (points.size() <= most_points || !(end > begin) || columns == 0) {
        return {points.begin(), points.end()};
    }
    const auto column_of = [&](const Point& point) {
        const double share = std::clamp((point.x - begin) / (end - begin), 0.0, 1.0);
        return std::min(static_cast<std::size_t>(share * static_cast<double>(columns)),
                        columns - 1);
    };
    std::vector<Point> kept;
    for (std::size_t at = 0; at < points.size();) {
        const std::size_t column = column_of(points[at]);
        std::size_t next = at + 1;
        while (next < points.size() && column_of(points[next]) == column) {
            ++next;
        }
        keep(kept, points.subspan(at, next - at));
        at = next;
    }
    return kept;
}

} // namespace mp3prof
