// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/threshold_watch.hpp"

#include <string>

namespace mp3prof
{

// For people: what held, when first, what the value was then and at most.
[[nodiscard]] std::string violation_text(const Violation& violation);

} // namespace mp3prof
