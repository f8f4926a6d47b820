// SPDX-License-Identifier: GPL-2.0-or-later
// All actors: started, watched, ended.
#pragma once

#include <chrono>
#include <cstdint>

namespace stress
{

// Every actor at once for that long, then none: their children are gone, too.
void play(std::uint64_t seed, std::chrono::seconds length);

} // namespace stress
