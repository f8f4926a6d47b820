// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/printable.hpp"

#include <algorithm>
#include <array>

namespace mp3prof
{

namespace
{

struct Character {
    std::size_t size; // bytes
    bool shown;
};

unsigned byte_of(char c)
{
    return static_cast<unsigned char>(c);
}

// How many bytes a character with this first one has; 0: none begins so.
std::size_t size_by(unsigned lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xc2 || lead > 0xf4) {
        return 0;
    }
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

// Terminals obey U+0080 to U+009F like the control characters below U+0020.
bool is_control(char32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

// The first character of what is not empty.
Character first_character(std::string_view text)
{
    constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
    constexpr Character wrong = {1, false};
    const unsigned lead = byte_of(text[0]);
    const std::size_t size = size_by(lead);
    if (size == 0 || size > text.size()) {
        return wrong;
    }
    char32_t point = size == 1 ? lead : lead & (0x7fU >> size);
    for (const char c : text.substr(1, size - 1)) {
        if ((byte_of(c) & 0xc0U) != 0x80) {
            return wrong;
        }
        point = point << 6 | (byte_of(c) & 0x3fU);
    }
    const bool surrogate = point >= 0xd800 && point < 0xe000;
    if (point < least[size] || point > 0x10ffff || surrogate) {
        return wrong;
    }
    return {size, !is_control(point)};
}

} // namespace

std::string printable(std::string_view text)
{
    if (std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; })) {
        return std::string(text);
    }
    std::string shown;
    while (!text.empty()) {
        const Character character = first_character(text);
        shown += character.shown ? text.substr(0, character.size) : "?";
        text.remove_prefix(character.size);
    }
    return shown;
}

} // namespace mp3prof
