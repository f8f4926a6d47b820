// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/violation.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

std::string text_of(const char* threshold, double value, double most)
{
    return violation_text(
        {.threshold = *parse_threshold(threshold), .at = 2350ms, .value = value, .most = most});
}

} // namespace

TEST_CASE("a violation says what held, when, and what it came to")
{
    CHECK(text_of("minflt>1M", 1'000'123, 2'500'000) ==
          "'minflt>1M' held at 2.350 s: 1000123, later 2500000");
    CHECK(text_of("majflt/s>100 for 1s", 250.25, 250.25) ==
          "'majflt/s>100 for 1s' held at 2.350 s: 250.2/s");
    CHECK(text_of("rss>2G", 2147487744, 2147487744) == "'rss>2G' held at 2.350 s: 2.0G");
    CHECK(text_of("cpu>80%", 99.96, 99.96) == "'cpu>80%' held at 2.350 s: 100.0%");
    CHECK(text_of("wall>1s", 1.0004e9, 2.5e9) ==
          "'wall>1s' held at 2.350 s: 1.000 s, later 2.500 s");
}
