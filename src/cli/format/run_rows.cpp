// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/run_rows.hpp"

#include <fmt/format.h>

#include <iterator>

namespace mp3prof
{

namespace
{

// Counts stay whole, and times to the nanosecond.
std::string digits(const FigureKind& kind, double value)
{
    switch (kind.unit) {
    case FigureUnit::seconds:
        return fmt::format("{:.9f}", value);
    case FigureUnit::per_second:
        return fmt::format("{:.3f}", value);
    case FigureUnit::count:
    case FigureUnit::bytes:
        break;
    }
    return fmt::format("{:.0f}", value);
}

} // namespace

std::string run_rows_header(Format format)
{
    if (format != Format::csv) {
        return "";
    }
    std::string line = "run,exit_status";
    for (const FigureKind& kind : figure_kinds) {
        line += std::string(",") + kind.name;
    }
    return line + "\n";
}

std::string run_row(Format format, const RunRow& row)
{
    fmt::memory_buffer line;
    const auto out = std::back_inserter(line);
    const bool csv = format == Format::csv;
    fmt::format_to(out, fmt::runtime(csv ? "{},{}" : R"({{"run":{},"exit_status":{})"), row.number,
                   row.exit_status);
    for (const FigureKind& kind : figure_kinds) {
        fmt::format_to(out, fmt::runtime(csv ? ",{1}" : R"(,"{0}":{1})"), kind.name,
                       digits(kind, row.figures.*kind.value));
    }
    fmt::format_to(out, "{}\n", csv ? "" : "}");
    return fmt::to_string(line);
}

} // namespace mp3prof
