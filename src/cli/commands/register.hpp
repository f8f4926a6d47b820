// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/registry.hpp"

#include <ostream>
#include <vector>

namespace mp3prof
{

// Applies each request whatever becomes of the others; the failed ones are
// named in `words`. The exit status: 1 when any failed.
[[nodiscard]] int apply_all(Registry& registry, const std::vector<Request>& requests,
                            std::ostream& words);

} // namespace mp3prof
