// SPDX-License-Identifier: GPL-2.0-or-later
// What a part has measured, and why it could not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bench
{

// One line for the host: "figure: KEY VALUE".
void figure(const std::string& key, double value);

// Ends this part when `held` is false: what it measures cannot be measured.
void demand(bool held, const std::string& what);

std::uint64_t median(std::vector<std::uint64_t> values);

} // namespace bench
