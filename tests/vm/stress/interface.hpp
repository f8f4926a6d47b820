// SPDX-License-Identifier: GPL-2.0-or-later
// The module's files, each call judged.
#pragma once

#include "support/fd.hpp"

#include <initializer_list>
#include <string>

namespace stress
{

// Writes `line` to the status file; true when it took effect.
bool command(const char* call, const std::string& line, std::initializer_list<int> expected);

// What a registration by someone who may do it can end with.
bool may_register(const char* call, pid_t pid, bool follow = false);

// Registers the calling process with `follow`.
void follow_self();

// Opens the device; for who may. Invalid while the module is gone.
guest::Fd open_device(int flags = 0);

} // namespace stress
