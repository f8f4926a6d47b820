// SPDX-License-Identifier: GPL-2.0-or-later
#include "plot/points.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace mp3prof;

namespace
{

std::vector<Point> flat(std::size_t count)
{
    std::vector<Point> points;
    for (std::size_t i = 0; i < count; ++i) {
        points.push_back({static_cast<double>(i), 1});
    }
    return points;
}

bool contains(const std::vector<Point>& points, const Point& point)
{
    return std::ranges::find(points, point) != points.end();
}

} // namespace

TEST_CASE("few points stay as they are")
{
    const std::vector<Point> points = flat(most_points);
    CHECK(thinned(points, 0, 2000, 10) == points);
    CHECK(thinned({}, 0, 1, 10).empty());
}

TEST_CASE("many are thinned to what the columns can show")
{
    const std::vector<Point> kept = thinned(flat(100'000), 0, 100'000, 900);
    CHECK(kept.size() <= 4 * 900);
    CHECK(kept.front().x == 0);
    CHECK(kept.back().x == 99'999);
    CHECK(std::ranges::is_sorted(kept, {}, &Point::x));
}

TEST_CASE("a spike of one point is never lost, wherever it is, up or down")
{
    for (std::size_t at = 0; at < 100'000; at += 997) {
        std::vector<Point> points = flat(100'000);
        points[at].y = 1000;
        points[99'999 - at].y = -1000;
        const std::vector<Point> kept = thinned(points, 0, 100'000, 900);
        CHECK(contains(kept, points[at]));
        CHECK(contains(kept, points[99'999 - at]));
    }
}

TEST_CASE("of each column the first, the lowest, the highest and the last are kept")
{
    std::mt19937 random(1); // NOLINT: the same each time
    std::uniform_real_distribution<double> height(0, 100);
    std::vector<Point> points = flat(10'000);
    for (Point& point : points) {
        point.y = height(random);
    }
    const std::vector<Point> kept = thinned(points, -0.5, 9999.5, 100);
    for (std::size_t column = 0; column < 100; ++column) {
        const std::span<const Point> all = std::span(points).subspan(column * 100, 100);
        CHECK(contains(kept, all.front()));
        CHECK(contains(kept, all.back()));
        CHECK(contains(kept, *std::ranges::max_element(all, {}, &Point::y)));
        CHECK(contains(kept, *std::ranges::min_element(all, {}, &Point::y)));
    }
}

TEST_CASE("points outside, and no width at all, are no harm")
{
    std::vector<Point> points = flat(3000);
    points.front().x = -5;
    points.back().x = 1e9;
    CHECK(thinned(points, 0, 3000, 10).size() <= 40);
    CHECK(thinned(points, 0, 0, 10).size() == 3000);
    CHECK(thinned(points, 0, 10, 0).size() == 3000);
}
