// SPDX-License-Identifier: GPL-2.0-or-later
// A process that makes calls until there are enough, or it is killed by one.
#pragma once

#include "ledger.hpp"

#include <cstdint>

namespace guest
{
struct User;
}

namespace syscalls
{

// Runs in a process of its own; `user` is null for root. Returns its exit status.
int work(Ledger& ledger, std::size_t index, const guest::User* user, std::uint64_t seed);

} // namespace syscalls
