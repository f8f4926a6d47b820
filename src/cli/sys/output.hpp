// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"
#include "sys/unique_fd.hpp"

#include <ostream>
#include <span>
#include <sstream>
#include <string>

namespace mp3prof
{

// Where results go: text is collected in a stream and leaves in whole lines.
class Sink
{
public:
    virtual ~Sink() = default;
    [[nodiscard]] virtual std::ostream& stream() = 0;
    // Sends what was collected. False when nobody reads any more (a closed
    // pipe): the time to end without a word.
    [[nodiscard]] virtual Result<bool> flush() = 0;

protected:
    Sink() = default;
    Sink(const Sink&) = default;
    Sink& operator=(const Sink&) = default;
    Sink(Sink&&) = default;
    Sink& operator=(Sink&&) = default;
};

// Refuses a file to be written that is also read.
[[nodiscard]] Status check_not_read(const std::string& output, std::span<const std::string> inputs);

// A file or a standard descriptor.
class Output : public Sink
{
public:
    // `path` is a file to make anew, "-" for standard output, or empty for
    // `standard_fd`.
    [[nodiscard]] static Result<Output> open(const std::string& path, int standard_fd);

    [[nodiscard]] std::ostream& stream() override { return text_; }
    [[nodiscard]] Result<bool> flush() override;

    [[nodiscard]] bool is_terminal() const;
    // Lines of the terminal, 0 when it is none.
    [[nodiscard]] unsigned terminal_lines() const;

private:
    Output(UniqueFd file, int fd, std::string name)
        : file_(std::move(file)), fd_(fd), name_(std::move(name))
    {
    }

    UniqueFd file_; // empty for the standard descriptors
    int fd_ = -1;
    std::string name_;
    std::ostringstream text_;
};

} // namespace mp3prof
