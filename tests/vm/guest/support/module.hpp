// SPDX-License-Identifier: GPL-2.0-or-later
// Loading and unloading the module, each call with its errno.
#pragma once

#include <string>

namespace guest
{

// 0 or errno; EWOULDBLOCK while it is in use.
int remove_module();

// 0 or errno.
int load_module(const std::string& path, const char* parameters = "");

} // namespace guest
