// SPDX-License-Identifier: GPL-2.0-or-later
// What a worker may never have: a mapping of the ring to write or to run.
#pragma once

#include "hand.hpp"

namespace syscalls
{

// By /proc/self/maps.
void check_maps(Worker& worker);

// By trying, in a child: maps the ring, asks for more, writes. The write must
// end the child.
void attempt_write(Hand& hand);

} // namespace syscalls
