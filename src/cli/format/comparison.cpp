// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/comparison.hpp"

#include "format/printable.hpp"
#include "format/units.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace mp3prof
{

namespace
{

// A figure with its spread, where there is one.
std::string spread_text(FigureUnit unit, const Spread& spread)
{
    const std::string mean = figure_text(unit, spread.mean);
    return spread.count < 2 || std::isnan(spread.mean)
               ? mean
               : mean + " ± " + figure_text(unit, spread.sigma);
}

// What is to be seen of the text: ± and … are more bytes than columns.
std::string padded(const std::string& text, std::size_t width)
{
    const auto seen = static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
    return std::string(width - std::min(seen, width), ' ') + text;
}

std::string noise_words(Difference difference)
{
    switch (difference) {
    case Difference::within_noise:
        return " (noise)";
    case Difference::beyond_noise:
        return " (differs)";
    case Difference::unknown:
        break;
    }
    return "";
}

std::string change_text(const Spread& first, const Spread& other)
{
    if (std::isnan(first.mean) || std::isnan(other.mean)) {
        return "";
    }
    if (first.mean == other.mean) {
        return "=" + noise_words(difference_of(first, other));
    }
    if (first.mean == 0) {
        return "new" + noise_words(difference_of(first, other));
    }
    const double ratio = other.mean / first.mean;
    const std::string words = ratio < 10 ? fmt::format("{:+.1f} %", (ratio - 1) * 100)
                                         : fmt::format("{:.1f} times", ratio);
    return words + noise_words(difference_of(first, other));
}

// The first run alone is often slower: what it reads is not in memory yet.
std::string unlike_words(std::span<const RunFigures> runs)
{
    const std::vector<double> walls = values_of(runs, figure_kinds[0]);
    const std::vector<std::size_t> outliers = outliers_of(walls);
    if (outliers.empty()) {
        return "";
    }
    if (outliers == std::vector<std::size_t>{0}) {
        return fmt::format("  The first run took {}, unlike the others: what it read was perhaps "
                           "not in memory yet (--warmup 1 leaves it out).\n",
                           seconds_words(nanoseconds(std::llround(walls[0] * 1e9))));
    }
    std::string numbers;
    for (const std::size_t at : outliers) {
        numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ", at + 1);
    }
    return fmt::format("  Run{} {} took a time unlike the others: something else was perhaps "
                       "running (a quiet machine, or more runs, tell more).\n",
                       outliers.size() == 1 ? "" : "s", numbers);
}

std::string note_line(const std::string& words)
{
    return fmt::format("  ({})\n", words);
}

std::string csv_field(const std::string& text)
{
    std::string field = "\"";
    for (const char c : printable(text)) {
        field += c == '"' ? "\"\"" : std::string(1, c);
    }
    return field + "\"";
}

// What a row tells of a group.
struct ComparedFigure {
    std::string group;
    std::string figure;
    Spread first; // of the first group
    Spread spread;
};

// Empty where too few runs tell.
std::string difference_name(const ComparedFigure& row)
{
    switch (difference_of(row.first, row.spread)) {
    case Difference::within_noise:
        return "noise";
    case Difference::beyond_noise:
        return "differs";
    case Difference::unknown:
        break;
    }
    return "";
}

std::string csv_row(const ComparedFigure& row)
{
    const auto digits = [](double value) {
        return std::isfinite(value) ? fmt::format("{:.6f}", value) : "";
    };
    const Spread& spread = row.spread;
    return fmt::format("{},{},{},{},{},{},{},{},{}\n", csv_field(row.group), row.figure,
                       spread.count, digits(spread.mean), digits(spread.sigma), digits(spread.min),
                       digits(spread.max), digits(spread.mean / row.first.mean),
                       difference_name(row));
}

std::string json_row(const ComparedFigure& row)
{
    const Spread& spread = row.spread;
    const std::string difference = difference_name(row);
    // What is no number is null.
    const nlohmann::ordered_json json = {{"group", printable(row.group)},
                                         {"figure", row.figure},
                                         {"runs", spread.count},
                                         {"mean", spread.mean},
                                         {"sigma", spread.sigma},
                                         {"min", spread.min},
                                         {"max", spread.max},
                                         {"ratio", spread.mean / row.first.mean},
                                         {"difference", difference.empty()
                                                            ? nlohmann::ordered_json()
                                                            : nlohmann::ordered_json(difference)}};
    return json.dump() + "\n";
}

} // namespace

std::string figure_text(FigureUnit unit, double value)
{
    if (std::isnan(value)) {
        return "-";
    }
    switch (unit) {
    case FigureUnit::seconds:
        return fmt::format("{:.3f} s", value);
    case FigureUnit::bytes:
        return human_bytes(static_cast<std::uint64_t>(std::max(std::round(value), 0.0)));
    case FigureUnit::per_second:
    case FigureUnit::count:
        break;
    }
    const bool small = value != 0 && std::abs(value) < 10 && value != std::round(value);
    return small ? fmt::format("{:.1f}", value) : fmt::format("{:.0f}", value);
}

std::vector<double> values_of(std::span<const RunFigures> runs, const FigureKind& kind)
{
    std::vector<double> values;
    values.reserve(runs.size());
    for (const RunFigures& run : runs) {
        values.push_back(run.*kind.value);
    }
    return values;
}

std::string repeated_text(const std::string& command, std::span<const RunFigures> runs,
                          const Knows& knows)
{
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "\nmp3prof: {}: {}\n  {:<15}{} {}\n", printable(command),
                   counted(runs.size(), "run"), "", padded("mean ± σ", 24),
                   padded("min … max", 28));
    for (const FigureKind& kind : figure_kinds) {
        const Spread spread = spread_of(values_of(runs, kind));
        fmt::format_to(
            out, "  {:<15}{} {}\n", kind.words, padded(spread_text(kind.unit, spread), 24),
            padded(figure_text(kind.unit, spread.min) + " … " + figure_text(kind.unit, spread.max),
                   28));
    }
    fmt::format_to(out, "{}{}", unlike_words(runs), knows.short_lives ? "" : note_line(seen_words));
    return fmt::to_string(text);
}

std::string comparison_text(std::span<const RunGroup> groups, std::span<const std::string> notes)
{
    constexpr std::size_t width = 24;
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "{:<15}", "");
    for (const RunGroup& group : groups) {
        const std::string runs =
            group.runs.size() > 1 ? fmt::format(" ({} runs)", group.runs.size()) : "";
        fmt::format_to(out, " {}", padded(printable(group.name) + runs, width));
        fmt::format_to(out, "{}",
                       &group == groups.data() ? "" : padded("against the first", width));
    }
    fmt::format_to(out, "\n");
    for (const FigureKind& kind : figure_kinds) {
        const Spread first = spread_of(values_of(groups.front().runs, kind));
        fmt::format_to(out, "{:<15} {}", kind.words, padded(spread_text(kind.unit, first), width));
        for (const RunGroup& group : groups.subspan(1)) {
            const Spread other = spread_of(values_of(group.runs, kind));
            fmt::format_to(out, " {}{}", padded(spread_text(kind.unit, other), width),
                           padded(change_text(first, other), width));
        }
        fmt::format_to(out, "\n");
    }
    for (const std::string& note : notes) {
        fmt::format_to(out, "{}", note_line(note));
    }
    return fmt::to_string(text);
}

std::string comparison_rows(Format format, std::span<const RunGroup> groups)
{
    std::string text =
        format == Format::csv ? "group,figure,runs,mean,sigma,min,max,ratio,difference\n" : "";
    for (const RunGroup& group : groups) {
        for (const FigureKind& kind : figure_kinds) {
            const Spread first = spread_of(values_of(groups.front().runs, kind));
            const ComparedFigure row{.group = group.name,
                                     .figure = kind.name,
                                     .first = first,
                                     .spread = spread_of(values_of(group.runs, kind))};
            text += format == Format::csv ? csv_row(row) : json_row(row);
        }
    }
    return text;
}

} // namespace mp3prof
