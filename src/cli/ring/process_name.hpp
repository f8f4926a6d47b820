// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <string_view>

#include <string.h>

namespace mp3prof
{

// The name of a process, as short as the kernel keeps it: held in place, so that
// a sample is copied without an allocation. What is too long is cut.
class ProcessName
{
public:
    static constexpr std::size_t longest = 16;

    ProcessName() = default;
    ProcessName(const std::convertible_to<std::string_view> auto& text)
    {
        const std::string_view view = text;
        std::copy_n(view.begin(), std::min(view.size(), longest), text_.begin());
    }

    operator std::string_view() const { return {text_.data(), ::strnlen(text_.data(), longest)}; }
    bool operator==(std::string_view text) const { return std::string_view(*this) == text; }

private:
    std::array<char, longest> text_{}; // padded with zeros
};

} // namespace mp3prof
