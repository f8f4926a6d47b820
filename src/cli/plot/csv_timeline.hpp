// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "plot/timeline.hpp"
#include "sys/error.hpp"

#include <istream>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace mp3prof
{

// The fields of a line of csv, as `monitor --csv` writes it: quotes around a
// field, doubled inside, and no line break in any.
[[nodiscard]] std::vector<std::string> csv_fields(std::string_view line);

// Whether a file that begins with this line is one of ours.
[[nodiscard]] bool is_csv_header(std::string_view line);

// What `monitor --csv` and `run --csv` have written. The error is an end for
// "cannot read FILE: ". A line that was cut off is left out, and `words` say so.
[[nodiscard]] Result<Timeline> read_csv_timeline(std::istream& in, const std::string& file,
                                                 std::ostream& words);

} // namespace mp3prof
