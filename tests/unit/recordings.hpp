// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "recording/recording.hpp"
#include "recording/recording_reader.hpp"
#include "recording/recording_writer.hpp"
#include "samples.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace mp3prof::test
{

inline RecordingHeader header_for_tests()
{
    return {.version = "1.2.3",
            .host = "here",
            .kernel = "6.1.0-amd64",
            .cpus = 2,
            .memory_bytes = std::uint64_t{4} << 30,
            .hz = 250,
            .interval = 50ms,
            .begin = 100s,
            .clock_offset = 1'795'449'120s,
            .boot = 1'795'449'000s,
            .command = {"make", "-j4"}};
}

inline void write_recording(const std::string& path, const std::vector<RecordingEntry>& entries,
                            const RecordingHeader& header = header_for_tests())
{
    Result<RecordingWriter> writer = RecordingWriter::create(path, header);
    REQUIRE(writer);
    for (const RecordingEntry& entry : entries) {
        REQUIRE(writer->write(entry));
    }
    REQUIRE(writer->flush());
}

// All entries, up to the end.
inline std::vector<RecordingEntry> entries_of(RecordingReader& reader)
{
    std::vector<RecordingEntry> entries;
    for (;;) {
        Result<std::optional<RecordingEntry>> entry = reader.next();
        REQUIRE(entry);
        if (!*entry) {
            return entries;
        }
        entries.push_back(**entry);
    }
}

inline std::vector<RecordingEntry> entries_of(RecordingReader&& reader)
{
    return entries_of(reader);
}

} // namespace mp3prof::test
