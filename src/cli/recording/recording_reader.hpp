// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "recording/header_text.hpp"
#include "recording/recording.hpp"
#include "sys/error.hpp"
#include "sys/unique_fd.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace mp3prof
{

// Reads a recording, entry by entry: it may be longer than memory, and be
// written while it is read. It believes nothing that has not passed its check
// sum; damage costs the damaged entries only.
class RecordingReader
{
public:
    // `path` "-" is standard input.
    [[nodiscard]] static Result<RecordingReader> open(const std::string& path);
    [[nodiscard]] static Result<RecordingReader> from(UniqueFd file, std::string name);

    [[nodiscard]] const RecordingHeader& header() const { return header_; }
    [[nodiscard]] const std::string& name() const { return name_; }

    // The next entry, or nothing behind the last. What was lost to damage comes
    // as a gap.
    [[nodiscard]] Result<std::optional<RecordingEntry>> next();

    // After the last entry: the bytes of one that was not written whole,
    [[nodiscard]] std::uint64_t dropped_bytes() const { return dropped_bytes_; }
    // entries that were damaged, or are missing,
    [[nodiscard]] std::uint64_t damaged_entries() const { return damaged_; }
    // whether it was completed,
    [[nodiscard]] bool complete() const { return complete_; }
    // and in a sentence for the user what is wrong with it, if anything is.
    [[nodiscard]] std::optional<std::string> flaw() const;

private:
    RecordingReader(UniqueFd file, std::string name);
    [[nodiscard]] Result<std::span<const std::byte>> peek(std::size_t size);
    [[nodiscard]] Status read_header();
    [[nodiscard]] std::optional<RecordingEntry> in_order(RecordingEntry entry);
    void take(std::size_t size) { taken_ += size; }

    UniqueFd file_;
    std::string name_;
    RecordingHeader header_;
    HeaderSizes sizes_;
    std::vector<std::byte> buffer_;
    std::size_t taken_ = 0; // of the buffer
    std::uint32_t next_sequence_ = 0;
    std::uint64_t lost_ = 0;             // since the last entry
    std::optional<RecordingEntry> held_; // that comes behind a gap
    std::uint64_t good_ = 0;
    std::uint64_t damaged_ = 0;
    std::uint64_t dropped_bytes_ = 0;
    bool complete_ = false;
};

// Says to `words` what is wrong with the recording that was read, if anything is.
void tell_flaw(const RecordingReader& reader, std::ostream& words);

} // namespace mp3prof
