// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/facts.hpp"

#include <string>
#include <vector>

namespace mp3prof
{

// Something that keeps mp3prof from working, and the command that mends it.
struct Finding {
    std::string problem;
    std::string mend;
    bool operator==(const Finding&) const = default;
};

// What is wrong, the first thing to mend first; empty when all is well.
[[nodiscard]] std::vector<Finding> diagnose(const Facts& facts);

// Why the device or the registry could not be opened, with what mends it, to
// stand behind "cannot open ...: ".
[[nodiscard]] std::string explain_no_device(int error, const Facts& facts);

} // namespace mp3prof
