// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "recording/recording.hpp"
#include "sys/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace mp3prof
{

// The header of a recording as text: a line with the sizes, JSON, and blanks up
// to the first entry, so that `head` tells people what the file is.

// The version of the format. A file of a later one is refused; what is only
// added (keys, kinds of entries, longer entries) does not change it.
inline constexpr unsigned recording_format = 1;

// No line of sizes is longer.
inline constexpr std::size_t longest_size_line = 128;

struct HeaderSizes {
    std::size_t header = 0; // bytes, the line of sizes included
    std::size_t entry = 0;
    std::uint32_t check_sum = 0; // of the header behind the line of sizes
    std::size_t line = 0;        // of the line itself, its line feed included
};

[[nodiscard]] std::string header_text(const RecordingHeader& header);

// Reads the line of sizes. `begin` is the file's begin: longest_size_line bytes,
// or all of a shorter file. The error says what the file is instead, as an end
// for "cannot read FILE: ".
[[nodiscard]] Result<HeaderSizes> parse_size_line(std::string_view begin);

// `text` is the whole header, of sizes.header bytes.
[[nodiscard]] Result<RecordingHeader> parse_header(const HeaderSizes& sizes, std::string_view text);

} // namespace mp3prof
