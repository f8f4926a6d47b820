// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mp3prof::fuzz
{

// The fields of one row as RFC 4180 has them, without the line's end.
[[nodiscard]] inline std::vector<std::string> csv_row(std::string_view row)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t at = 0; at < row.size(); ++at) {
        const bool quote = row[at] == '"';
        if (quote && quoted && row.substr(at + 1).starts_with('"')) {
            fields.back() += '"';
            ++at;
        } else if (quote) {
            quoted = !quoted;
        } else if (row[at] == ',' && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += row[at];
        }
    }
    return fields;
}

} // namespace mp3prof::fuzz
