// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/pattern.hpp"

#include "format/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace mp3prof
{

namespace
{

struct Name {
    std::string_view word;
    Walk walk;
    std::string_view parameter; // an example; empty where there is none
};

constexpr std::array<Name, 8> names{{{"random", Walk::random, ""},
                                     {"local", Walk::local, ""},
                                     {"seq", Walk::seq, ""},
                                     {"stride", Walk::stride, "64K"},
                                     {"window", Walk::window, "16M"},
                                     {"zipf", Walk::zipf, "0.8"},
                                     {"R", Walk::random, ""},
                                     {"L", Walk::local, ""}}};

constexpr double steepest = 10;

Result<Pattern> with_exponent(std::string_view text)
{
    double exponent = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] =
        std::from_chars(text.data(), end, exponent, std::chars_format::fixed);
    if (error != std::errc{} || rest != end) {
        return fail("the exponent '{}' of zipf is not a number (write zipf:0.8)", text);
    }
    if (!(exponent > 0 && exponent <= steepest)) { // also what is not finite
        return fail("the exponent {} of zipf is not above 0 and at most {}", text, steepest);
    }
    return Pattern{Walk::zipf, 0, exponent};
}

Result<Pattern> with_bytes(const Name& name, std::string_view text)
{
    const Result<std::uint64_t> bytes = parse_size(text, 1);
    if (!bytes) {
        return fail("the size of {}: {}", name.word, bytes.error().message);
    }
    return Pattern{name.walk, *bytes, 0};
}

// "4096", "64K": the largest unit that leaves a whole number.
std::string exact_bytes(std::uint64_t bytes)
{
    constexpr std::string_view units = "KMG";
    std::size_t unit = 0;
    while (unit < units.size() && bytes % 1024 == 0) {
        bytes /= 1024;
        ++unit;
    }
    return unit == 0 ? fmt::format("{}", bytes) : fmt::format("{}{}", bytes, units[unit - 1]);
}

// With as few digits as tell it from all others, and without a power of ten.
std::string exact_number(double number)
{
    std::array<char, 400> text; // the smallest one has 327
    const auto end = std::to_chars(text.begin(), text.end(), number, std::chars_format::fixed).ptr;
    return {text.begin(), end};
}

} // namespace

Result<Pattern> parse_pattern(std::string_view text)
{
    const std::size_t colon = text.find(':');
    const std::string_view word = text.substr(0, colon);
    const auto* const name = std::ranges::find(names, word, &Name::word);
    if (name == names.end()) {
        return fail("'{}' is no pattern: it is one of random, local, seq, stride:N, window:SIZE, "
                    "zipf:S, or R or L of the exercise",
                    text);
    }
    if (name->parameter.empty()) {
        if (colon != std::string_view::npos) {
            return fail("the pattern {} takes no parameter: '{}'", word, text);
        }
        return Pattern{name->walk, 0, 0};
    }
    if (colon == std::string_view::npos) {
        return fail("the pattern {0} needs a parameter (write {0}:{1})", word, name->parameter);
    }
    const std::string_view parameter = text.substr(colon + 1);
    return name->walk == Walk::zipf ? with_exponent(parameter) : with_bytes(*name, parameter);
}

std::string format_pattern(const Pattern& pattern)
{
    const auto* const name = std::ranges::find(names, pattern.walk, &Name::walk);
    switch (pattern.walk) {
    case Walk::stride:
    case Walk::window:
        return fmt::format("{}:{}", name->word, exact_bytes(pattern.bytes));
    case Walk::zipf:
        return fmt::format("{}:{}", name->word, exact_number(pattern.exponent));
    default:
        return std::string(name->word);
    }
}

Status check_pattern(const Pattern& pattern, std::uint64_t size, std::uint64_t page)
{
    if (pattern.walk == Walk::stride && pattern.bytes >= size) {
        return fail("a stride of {} is not within the {} of memory", exact_bytes(pattern.bytes),
                    exact_bytes(size));
    }
    if (pattern.walk == Walk::window && pattern.bytes > size) {
        return fail("a window of {} is larger than the {} of memory", exact_bytes(pattern.bytes),
                    exact_bytes(size));
    }
    if (pattern.walk == Walk::window && pattern.bytes % page != 0) {
        return fail("a window of {} is not in whole pages of {}", exact_bytes(pattern.bytes),
                    exact_bytes(page));
    }
    return {};
}

} // namespace mp3prof
