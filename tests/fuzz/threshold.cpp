// SPDX-License-Identifier: GPL-2.0-or-later
// Thresholds: what is taken makes sense, and blanks change nothing.
#include "rates/threshold.hpp"

#include "fuzz.hpp"

#include <cmath>
#include <string>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

void check_sense(const Threshold& threshold)
{
    FUZZ_CHECK(std::isfinite(threshold.limit) && threshold.limit >= 0);
    FUZZ_CHECK(threshold.hold >= nanoseconds::zero());
    FUZZ_CHECK(threshold.measure != Measure::total || threshold.hold == nanoseconds::zero());
    const bool rate =
        threshold.dimension == Dimension::per_second || threshold.dimension == Dimension::percent;
    FUZZ_CHECK(rate == (threshold.measure == Measure::rate));
    const bool size = threshold.metric == Metric::rss || threshold.metric == Metric::swap;
    FUZZ_CHECK(size == (threshold.dimension == Dimension::bytes));
    FUZZ_CHECK(threshold.exceeded_by(threshold.limit) ==
               (threshold.comparison == Comparison::at_least));
    FUZZ_CHECK(threshold.exceeded_by(threshold.limit * 2 + 1));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Result<Threshold> threshold = parse_threshold(text);
    if (!threshold) {
        FUZZ_CHECK(!threshold.error().message.empty());
        return 0;
    }
    FUZZ_CHECK(threshold->text == text);
    check_sense(*threshold);
    const Result<Threshold> again = parse_threshold("  " + std::string(text) + "\t");
    FUZZ_CHECK(again && again->metric == threshold->metric && again->hold == threshold->hold);
    FUZZ_CHECK(again->measure == threshold->measure && again->limit == threshold->limit);
    return 0;
}
