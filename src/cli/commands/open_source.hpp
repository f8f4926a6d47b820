// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/source.hpp"

#include <memory>

namespace mp3prof
{

// The source that commands read from. A module of another version that still
// speaks our ABI is used, with a word on standard error.
[[nodiscard]] Result<std::unique_ptr<Source>> open_source();

} // namespace mp3prof
