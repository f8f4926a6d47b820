// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/violation.hpp"

#include "format/units.hpp"

#include <fmt/format.h>

#include <cmath>

namespace mp3prof
{

namespace
{

std::string value_text(Dimension dimension, double value)
{
    switch (dimension) {
    case Dimension::count:
        return fmt::format("{:.0f}", value);
    case Dimension::per_second:
        return fmt::format("{:.1f}/s", value);
    case Dimension::percent:
        return fmt::format("{:.1f}%", value);
    case Dimension::bytes:
        return human_bytes(static_cast<std::uint64_t>(value));
    case Dimension::time:
        return seconds_words(nanoseconds(std::llround(value)));
    }
    return {};
}

} // namespace

std::string violation_text(const Violation& violation)
{
    const Dimension dimension = violation.threshold.dimension;
    std::string text =
        fmt::format("'{}' held at {}: {}", violation.threshold.text, seconds_words(violation.at),
                    value_text(dimension, violation.value));
    if (violation.most > violation.value) {
        text += fmt::format(", later {}", value_text(dimension, violation.most));
    }
    return text;
}

} // namespace mp3prof
