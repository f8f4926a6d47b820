// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"

#include <string>

namespace mp3prof
{

// What can be read of a file until its end. `name` is what an error calls it.
[[nodiscard]] Result<std::string> read_all(int fd, const std::string& name);

} // namespace mp3prof
