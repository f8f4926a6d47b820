// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "recording/recording.hpp"

#include <span>
#include <string>
#include <vector>

namespace mp3prof
{

// A peak is of one interval: a longer one levels it, and what does not know short
// lives misses some of it.
[[nodiscard]] bool peaks_compare(const RecordingHeader& a, const RecordingHeader& b);

// What to know of a comparison of such recordings, a sentence each: in what they
// differ, and that short lives may be missing.
[[nodiscard]] std::vector<std::string> comparison_notes(std::span<const RecordingHeader> headers);

} // namespace mp3prof
