// SPDX-License-Identifier: GPL-2.0-or-later
#include "live/sparkline.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace mp3prof;

TEST_CASE("bars are linear, the full one is the highest")
{
    const std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8};
    CHECK(sparkline(values, 8, Glyphs::blocks) == "▁▂▃▄▅▆▇█");
    CHECK(sparkline(values, 8, Glyphs::ascii) == ".:-=+*#@");
    CHECK(sparkline(values, 16, Glyphs::ascii) == "..::--==");
}

TEST_CASE("nothing is a blank, and next to nothing is seen")
{
    CHECK(sparkline(std::vector<double>{0, 0.001, 0}, 1e6, Glyphs::blocks) == " ▁ ");
    CHECK(sparkline(std::vector<double>{0, 0}, 0, Glyphs::blocks) == "  ");
    CHECK(sparkline({}, 1, Glyphs::blocks).empty());
}

TEST_CASE("what is beyond the scale, or no number, is no harm")
{
    const double infinite = std::numeric_limits<double>::infinity();
    CHECK(sparkline(std::vector<double>{9, infinite, std::nan(""), -1}, 8, Glyphs::ascii) ==
          "@@  ");
    CHECK(sparkline(std::vector<double>{1, infinite}, infinite, Glyphs::ascii).size() == 2);
}
