// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "recording/recording.hpp"
#include "sys/error.hpp"
#include "sys/unique_fd.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mp3prof
{

// Writes a recording, in order. What was flushed survives our own end, whatever
// ends us; what was not yet is at most buffer_size.
class RecordingWriter
{
public:
    static constexpr std::size_t buffer_size = std::size_t{64} << 10;

    // A recording that stands under `path` already becomes `path`.old, as perf
    // does it; one that stood there is gone.
    [[nodiscard]] static Result<RecordingWriter> create(const std::string& path,
                                                        const RecordingHeader& header);

    // There was nothing to record: what stood under `path` stands there again.
    void withdraw();

    [[nodiscard]] Status write(const RecordingEntry& entry);
    [[nodiscard]] Status flush();

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::uint64_t entries() const { return entries_; }

private:
    RecordingWriter(UniqueFd file, std::string path, bool kept_old);
    [[nodiscard]] tl::unexpected<Error> write_failed(int error);

    UniqueFd file_;
    std::string path_;
    bool kept_old_;
    std::vector<std::byte> buffer_;
    std::uint64_t header_size_ = 0;
    std::uint64_t flushed_ = 0; // bytes in the file
    std::uint64_t entries_ = 0;
};

} // namespace mp3prof
