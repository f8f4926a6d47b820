// SPDX-License-Identifier: GPL-2.0-or-later
// A process that takes all of one CPU. Its instructions do nothing, which an
// emulator does fast: minutes of it pass in seconds.
#pragma once

#include "support/child.hpp"

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

// Brings the second CPU up. Not at boot: in virtual time emulated CPUs take turns,
// and one that waits for the other goes on until its next timer is due.
void start_second_cpu();

} // namespace bench
