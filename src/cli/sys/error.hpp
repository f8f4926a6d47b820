// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <fmt/format.h>
#include <tl/expected.hpp>

#include <string>
#include <system_error>
#include <utility>

namespace mp3prof
{

// One sentence for the user: action, object, reason, and what mends it.
struct Error {
    std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

template <class... Args>
[[nodiscard]] tl::unexpected<Error> fail(fmt::format_string<Args...> format, Args&&... args)
{
    return tl::unexpected<Error>(Error{fmt::format(format, std::forward<Args>(args)...)});
}

// The words for an errno value, beginning in lower case as inside a sentence.
[[nodiscard]] std::string errno_words(int error);

} // namespace mp3prof

// Passes an error on to the caller.
// NOLINTBEGIN(bugprone-macro-parentheses): a declaration cannot stand in any
#define MP3PROF_CONCAT_(a, b) a##b
#define MP3PROF_CONCAT(a, b) MP3PROF_CONCAT_(a, b)
#define TRY(expression)                                                                            \
    do {                                                                                           \
        if (auto try_result = (expression); !try_result)                                           \
            return tl::unexpected(std::move(try_result).error());                                  \
    } while (false)
#define TRY_ASSIGN_(result, declaration, expression)                                               \
    auto result = (expression);                                                                    \
    if (!result)                                                                                   \
        return tl::unexpected(std::move(result).error());                                          \
    declaration = std::move(result).value()
#define TRY_ASSIGN(declaration, expression)                                                        \
    TRY_ASSIGN_(MP3PROF_CONCAT(try_result_, __LINE__), declaration, expression)
// NOLINTEND(bugprone-macro-parentheses)
