// SPDX-License-Identifier: GPL-2.0-or-later
// A process that takes all of one CPU. Its instructions do nothing, which an
// emulator does fast: minutes of it pass in seconds.
#pragma once

#include "support/child.hpp"
#include "support/fd.hpp"

namespace bench
{

class Burner
{
public:
    explicit Burner(int cpu);
    pid_t pid() const { return child_.pid(); }

private:
    guest::Child child_;
};

// That thread runs on no other CPU.
void pin(pid_t pid, int cpu);

// In virtual time emulated CPUs take turns, and a turn lasts until a timer is due:
// while this is open, one is every 100 us.
guest::Fd short_turns();

// Brings the second CPU up: not at boot, where turns are so long that it takes
// for ever.
void start_second_cpu();

} // namespace bench
