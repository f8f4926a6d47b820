// SPDX-License-Identifier: GPL-2.0-or-later
// The test process itself, registered with follow: what it forks is counted
// from birth.
#pragma once

#include "support/history.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

namespace guest
{

class FollowingSelf
{
public:
    FollowingSelf() { REQUIRE(follow_pid(getpid()) == 0); }

    History& history() { return history_; }

private:
    EmptyRegistry empty_;
    History history_;
};

} // namespace guest
