// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "sys/error.hpp"

#include <memory>
#include <string>

#include <regex.h>

namespace mp3prof
{

// An extended regular expression of POSIX, as grep -E and pgrep(1) have it: it
// matches anywhere unless it is anchored.
class Regex
{
public:
    [[nodiscard]] static Result<Regex> compile(const std::string& text);

    [[nodiscard]] bool matches(const std::string& text) const;

private:
    explicit Regex(std::shared_ptr<const regex_t> compiled) : compiled_(std::move(compiled)) {}

    std::shared_ptr<const regex_t> compiled_;
};

} // namespace mp3prof
