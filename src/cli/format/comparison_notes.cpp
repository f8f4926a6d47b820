// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/comparison_notes.hpp"

#include "format/comparison.hpp"
#include "format/printable.hpp"
#include "format/recording_report.hpp"
#include "format/units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace mp3prof
{

namespace
{

struct Trait {
    const char* name;
    std::string (*of)(const RecordingHeader& header);
};

constexpr std::array<Trait, 4> traits{{
    {"interval", [](const RecordingHeader& header) { return format_duration(header.interval); }},
    {"source", [](const RecordingHeader& header) { return printable(header.source); }},
    {"children",
     [](const RecordingHeader& header) {
         return std::string(header.followed ? "followed" : "not followed");
     }},
    {"host", [](const RecordingHeader& header) { return printable(header.host); }},
}};

// Each once, in the order of the recordings.
std::vector<std::string> distinct_values(std::span<const RecordingHeader> headers,
                                         const Trait& trait)
{
    std::vector<std::string> values;
    for (const RecordingHeader& header : headers) {
        const std::string value = trait.of(header);
        if (std::ranges::find(values, value) == values.end()) {
            values.push_back(value);
        }
    }
    return values;
}

} // namespace

bool peaks_compare(const RecordingHeader& a, const RecordingHeader& b)
{
    return a.interval == b.interval && knows_of(a).short_lives == knows_of(b).short_lives;
}

std::vector<std::string> comparison_notes(std::span<const RecordingHeader> headers)
{
    std::vector<std::string> notes;
    std::vector<std::string> differing;
    for (const Trait& trait : traits) {
        const std::vector<std::string> values = distinct_values(headers, trait);
        if (values.size() > 1) {
            differing.push_back(fmt::format("{} ({})", trait.name, fmt::join(values, ", ")));
        }
    }
    if (!differing.empty()) {
        const bool peaks = std::ranges::all_of(headers, [&](const RecordingHeader& header) {
            return peaks_compare(headers.front(), header);
        });
        notes.push_back(fmt::format("the recordings differ in {}{}", fmt::join(differing, ", "),
                                    peaks ? "" : ": peaks are not compared"));
    }
    const auto sees_all = [](const RecordingHeader& header) {
        return knows_of(header).short_lives || !header.followed;
    };
    if (!std::ranges::all_of(headers, sees_all)) {
        notes.emplace_back(seen_words);
    }
    return notes;
}

} // namespace mp3prof
