// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/run_session.hpp"
#include "device/source.hpp"
#include "recording/recording.hpp"

namespace mp3prof
{

// What a recording that begins now, on this machine, says of both.
[[nodiscard]] RecordingHeader recording_header(const RingInfo& info, nanoseconds interval);

// What it says of the command at the end.
[[nodiscard]] RecordingEnd recording_end(const RunEnd& end);

} // namespace mp3prof
