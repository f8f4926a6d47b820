// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/regex.hpp"

#include <array>

namespace mp3prof
{

Result<Regex> Regex::compile(const std::string& text)
{
    auto fresh = std::make_unique<regex_t>();
    if (const int error = ::regcomp(fresh.get(), text.c_str(), REG_EXTENDED | REG_NOSUB);
        error != 0) {
        std::array<char, 100> words{};
        ::regerror(error, fresh.get(), words.data(), words.size());
        return fail("'{}' is not a regular expression: {}", text, words.data());
    }
    const auto release = [](regex_t* compiled) {
        ::regfree(compiled);
        delete compiled;
    };
    return Regex(std::shared_ptr<const regex_t>(fresh.release(), release));
}

bool Regex::matches(const std::string& text) const
{
    return ::regexec(compiled_.get(), text.c_str(), 0, nullptr, 0) == 0;
}

} // namespace mp3prof
