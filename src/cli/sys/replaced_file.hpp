// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/output.hpp"

namespace mp3prof
{

// A file that is always whole, for others to read while we write: each flush
// that has something puts a new one in the place of the old one. It is readable
// by all. There is no fsync(): after a crash of the machine it is old news.
class ReplacedFile : public Sink
{
public:
    explicit ReplacedFile(std::string path) : path_(std::move(path)) {}

    [[nodiscard]] std::ostream& stream() override { return text_; }
    [[nodiscard]] Result<bool> flush() override;

    // True when a file can take the place of what is at `path`: nothing, or a
    // file; not /dev/stdout or a pipe.
    [[nodiscard]] static bool can_replace(const std::string& path);

private:
    std::string path_;
    std::ostringstream text_;
};

} // namespace mp3prof
