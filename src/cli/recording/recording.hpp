// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "rates/charged.hpp"
#include "ring/sample.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace mp3prof
{

// What a recording holds; mp3prof-record(5) has the bytes of it.

// The first part of a recording: where and how it was made.
struct RecordingHeader {
    std::string version{};              // of the mp3prof that has written it
    std::string source = "kernel";      // or "proc", or "import"
    std::vector<std::string> unknown{}; // columns of which the source knows nothing
    std::string host{};
    std::string kernel{}; // release
    std::uint32_t cpus = 0;
    std::uint64_t memory_bytes = 0;
    std::uint32_t page_size = 4096;
    std::uint32_t hz = 100;                               // jiffies a second
    nanoseconds interval = std::chrono::milliseconds(50); // that was asked for
    nanoseconds begin{};                                  // CLOCK_MONOTONIC
    nanoseconds clock_offset{};         // from monotonic to since 1970; 0: not known
    nanoseconds boot{};                 // since 1970
    std::vector<std::string> command{}; // of `record -- COMMAND`; empty: there was none
    bool followed = true;               // the command's children, too
};

// A process as it was known before the recording: the base of what it adds.
struct KnownBefore {
    Sample sample;
};

// Records that were lost before they could be recorded, in an overrun or by
// damage to the file.
struct Gap {
    nanoseconds time{}; // of what comes behind it
    std::uint64_t missed = 0;
};

// What the sampler said of itself.
struct RecordedFigures {
    enum class Moment { begin, meanwhile, command_end, end };
    nanoseconds time{};
    Moment moment = Moment::meanwhile;
    Figures figures;
};

// The last entry of a recording that was completed.
struct RecordingEnd {
    nanoseconds time{}; // when the command had ended, or the recording
    bool of_command = false;
    int wait_status = 0; // this and the next two: of a command only
    nanoseconds wall{};
    Charged charged{};
};

using RecordingEntry = std::variant<Sample, KnownBefore, Gap, RecordedFigures, RecordingEnd>;

} // namespace mp3prof
