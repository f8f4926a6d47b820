// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

// What libFuzzer and driver.cpp call with each input; each target has one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// An invariant of a target. Breaking one ends the run; the input is kept.
#define FUZZ_CHECK(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);           \
            std::abort();                                                                          \
        }                                                                                          \
    } while (false)

namespace mp3prof::fuzz
{

// Takes an input apart, front to back. Behind its end everything is zero.
class Input
{
public:
    Input(const std::uint8_t* data, std::size_t size)
        : rest_(reinterpret_cast<const char*>(data), size)
    {
    }

    [[nodiscard]] bool empty() const { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const { return rest_; }

    // A number of that many bytes, the low one first.
    [[nodiscard]] std::uint64_t number(std::size_t bytes = 8)
    {
        std::uint64_t value = 0;
        const std::string_view digits = text(bytes);
        for (std::size_t at = digits.size(); at > 0; --at) {
            value = value << 8 | static_cast<std::uint8_t>(digits[at - 1]);
        }
        return value;
    }
    [[nodiscard]] std::uint64_t below(std::uint64_t limit) { return number(2) % limit; }
    [[nodiscard]] bool flag() { return (number(1) & 1) != 0; }

    // At most that many bytes.
    [[nodiscard]] std::string_view text(std::size_t most)
    {
        const std::string_view taken = rest_.substr(0, most);
        rest_.remove_prefix(taken.size());
        return taken;
    }
    // Up to a zero byte, which is dropped.
    [[nodiscard]] std::string_view word()
    {
        const std::string_view taken = text(rest_.find('\0'));
        rest_.remove_prefix(std::min<std::size_t>(rest_.size(), 1));
        return taken;
    }

private:
    std::string_view rest_;
};

// True when a terminal shows all of it and obeys none of it: UTF-8 without
// control characters, of which those from U+0080 are as good as those below
// U+0020. Lines end with a line feed, so that one is fine.
[[nodiscard]] inline bool is_harmless(std::string_view text)
{
    const auto byte = [&](std::size_t at) {
        return at < text.size() ? static_cast<std::uint8_t>(text[at]) : 0U;
    };
    for (std::size_t at = 0; at < text.size();) {
        const unsigned lead = byte(at++);
        const unsigned more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
        char32_t point = more == 0 ? lead : lead & (0x3fU >> more);
        for (unsigned i = 0; i < more; ++i, ++at) {
            if ((byte(at) & 0xc0U) != 0x80) {
                return false;
            }
            point = point << 6 | (byte(at) & 0x3fU);
        }
        constexpr char32_t least[] = {0, 0x80, 0x800, 0x10000};
        const bool sound = point >= least[more] && point <= 0x10ffff && lead < 0xf8 &&
                           !(point >= 0xd800 && point <= 0xdfff) && (lead & 0xc0U) != 0x80;
        const bool control = (point < 0x20 && point != '\n') || (point >= 0x7f && point < 0xa0);
        if (!sound || control) {
            return false;
        }
    }
    return true;
}

} // namespace mp3prof::fuzz
