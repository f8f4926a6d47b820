// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/monitor_loop.hpp"
#include "commands/open_source.hpp"

#include <string_view>

namespace mp3prof
{

// Whether a command wants what was before it began.
enum class Past { left, wanted };

// What only the module has: what others have registered, and the past.
[[nodiscard]] bool needs_module(const MonitorPlan& plan, Past past);

// Opens what the plan is to be read from, for the command of that name. Where it
// is /proc, whose registry is ours alone, the plan's processes are put into it;
// those that cannot be are named on standard error, and left out.
[[nodiscard]] Result<Profiler> open_monitored(SourceChoice choice, MonitorPlan& plan, Past past,
                                              std::string_view command);

} // namespace mp3prof
