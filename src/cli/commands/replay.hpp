// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "commands/sample_sink.hpp"
#include "recording/recording_reader.hpp"
#include "sys/error.hpp"

namespace mp3prof
{

// Gives a sink the samples of a recording, as a source gave them then. Ticks
// without a sample are not in the recording; they are put where they were due.
[[nodiscard]] Status replay(RecordingReader& reader, SampleSink& sink);

} // namespace mp3prof
