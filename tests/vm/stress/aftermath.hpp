// SPDX-License-Identifier: GPL-2.0-or-later
// What must hold when all is over.
#pragma once

#include "slabs.hpp"

namespace stress
{

// Nothing registered, nothing referenced, nothing leaked; the module unloads
// and loads. What does not hold makes the run fail.
void check_aftermath(const Surplus& before);

} // namespace stress
