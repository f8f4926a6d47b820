// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "format/summary.hpp"
#include "recording/recording.hpp"
#include "recording/recording_totals.hpp"

#include <cstddef>
#include <string>

namespace mp3prof
{

// Where and how the recording was made, in a line. `name` is the file's.
[[nodiscard]] std::string recording_title(const std::string& name, const RecordingHeader& header);

// What its source knows.
[[nodiscard]] Knows knows_of(const RecordingHeader& header);

// The summary that `run` would have told.
[[nodiscard]] RunSummary recording_summary(const RecordingHeader& header,
                                           const RecordingTotals& totals);

// A row for each process, the first `most` of them; 0 for all. `human`: memory
// as people like it.
[[nodiscard]] std::string process_rows(const RecordingTotals& totals, nanoseconds interval,
                                       std::size_t most, bool human);

} // namespace mp3prof
