// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "plot/timeline.hpp"
#include "sys/error.hpp"

#include <ostream>
#include <string>

namespace mp3prof
{

// A recording, or csv of `monitor` or `run`. What is wrong with one that can
// be read all the same is said to `words`.
[[nodiscard]] Result<Timeline> read_timeline(const std::string& path, std::ostream& words);

} // namespace mp3prof
