// SPDX-License-Identifier: GPL-2.0-or-later
// A case that cannot run here says so and why; it is not passed.
#pragma once

namespace guest
{

void skip(const char* reason);

// Says how many cases passed, failed and were skipped. Returns the exit status
// of the program: 77 when all that ran was skipped.
int with_skips(int result);

} // namespace guest
