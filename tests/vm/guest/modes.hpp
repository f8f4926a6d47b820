// SPDX-License-Identifier: GPL-2.0-or-later
// What this program does when a case has it executed as a child:
// mp3-guest-test --child MODE ARGUMENT...
#pragma once

namespace guest
{

int run_mode(int count, char** words);

} // namespace guest
