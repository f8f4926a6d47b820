// SPDX-License-Identifier: GPL-2.0-or-later
// Sizes: exactly those that a second reading takes, with its value; and bytes
// for people in at most seven characters.
#include "format/units.hpp"
#include "fuzz.hpp"

#include <cctype>
#include <optional>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

__extension__ using Wide = unsigned __int128;

std::optional<std::uint64_t> expected(std::string_view text, std::uint64_t bare_unit)
{
    constexpr Wide most = INT64_MAX;
    Wide value = 0;
    bool digits = false;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        value = std::min<Wide>(value * 10 + static_cast<unsigned>(text.front() - '0'), most + 1);
        digits = true;
        text.remove_prefix(1);
    }
    constexpr std::string_view letters = "KMG";
    std::uint64_t unit = bare_unit;
    if (text.size() == 1) {
        const std::size_t at =
            letters.find(static_cast<char>(std::toupper(static_cast<unsigned char>(text[0]))));
        unit = at == std::string_view::npos ? 0 : std::uint64_t{1024} << 10 * at;
    }
    value *= unit;
    if (!digits || text.size() > 1 || value == 0 || value > most) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(value);
}

void check_for_people(std::uint64_t bytes)
{
    const std::string shown = human_bytes(bytes);
    FUZZ_CHECK(!shown.empty() && shown.size() <= 7);
    FUZZ_CHECK(bytes >= 1024 || shown == std::to_string(bytes));
    FUZZ_CHECK(bytes < 1024 || std::string_view("KMGTPE").find(shown.back()) != std::string::npos);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const std::uint64_t bare_unit : {std::uint64_t{1}, std::uint64_t{1} << 20}) {
        const Result<std::uint64_t> bytes = parse_size(text, bare_unit);
        const std::optional<std::uint64_t> wanted = expected(text, bare_unit);
        FUZZ_CHECK(bytes.has_value() == wanted.has_value());
        FUZZ_CHECK(!bytes || *bytes == *wanted);
    }
    check_for_people(Input(data, size).number());
    return 0;
}
