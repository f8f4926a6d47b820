// SPDX-License-Identifier: GPL-2.0-or-later
// All kinds of calls as one, and making one of them.
#pragma once

#include "hand.hpp"

#include <cstddef>

namespace syscalls
{

std::size_t kind_count();
const char* kind_name(std::size_t kind);

// Makes one random call, counts it, and holds its error against what the manual
// knows. Which one it is goes into `state`, for who watches us.
void make_call(Hand& hand, HandState* state = nullptr);

} // namespace syscalls
