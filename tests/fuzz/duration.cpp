// SPDX-License-Identifier: GPL-2.0-or-later
// Durations: as a second reading in whole numbers has them, and as written so
// read again.
#include "format/units.hpp"
#include "fuzz.hpp"

#include <cmath>
#include <map>
#include <optional>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

__extension__ using Wide = unsigned __int128;

const std::map<std::string_view, std::uint64_t> units = {{"ns", 1},
                                                         {"us", 1'000},
                                                         {"ms", 1'000'000},
                                                         {"s", 1'000'000'000},
                                                         {"m", 60'000'000'000},
                                                         {"h", 3'600'000'000'000}};

// Digits, perhaps a point among them, and a unit: in 1/10^12 of a nanosecond,
// for so short a text that this cannot overflow.
std::optional<Wide> reading(std::string_view text)
{
    constexpr unsigned places = 12;
    const std::size_t at = text.find_first_not_of("0123456789.");
    if (at == 0 || at == std::string_view::npos || at > 12 || !units.contains(text.substr(at))) {
        return std::nullopt;
    }
    Wide value = 0;
    std::optional<unsigned> behind_point;
    for (const char c : text.substr(0, at)) {
        if (c != '.') {
            value = value * 10 + static_cast<unsigned>(c - '0');
            behind_point = behind_point ? std::optional(*behind_point + 1) : std::nullopt;
        } else if (behind_point) {
            return std::nullopt;
        } else {
            behind_point = 0;
        }
    }
    for (unsigned i = behind_point.value_or(0); i < places; ++i) {
        value *= 10;
    }
    return value * units.at(text.substr(at));
}

void check_value(std::string_view text, nanoseconds duration)
{
    FUZZ_CHECK(text.find_first_not_of("0123456789.hmnsu") == std::string_view::npos);
    const std::optional<Wide> fine = reading(text);
    if (fine) {
        // A double holds 53 bits; then comes rounding to a nanosecond.
        const auto ns = static_cast<double>(*fine) / 1e12;
        const double off = std::abs(static_cast<double>(duration.count()) - ns);
        FUZZ_CHECK(off <= 0.5000001 + ns / 4e15);
    }
}

void check_round_trip(nanoseconds duration)
{
    const Result<nanoseconds> again = parse_duration(format_duration(duration));
    FUZZ_CHECK(again);
    const double off = std::abs(static_cast<double>((*again - duration).count()));
    FUZZ_CHECK(off <= static_cast<double>(duration.count()) / 4e15);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::int64_t longest = 1'000'000'000'000'000'000;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Result<nanoseconds> duration = parse_duration(text);
    if (duration) {
        FUZZ_CHECK(duration->count() >= 0 && duration->count() <= longest);
        check_value(text, *duration);
        FUZZ_CHECK(*parse_duration(format_duration(*duration)) == *duration);
    } else {
        FUZZ_CHECK(!duration.error().message.empty());
        // What the second reading takes is short of a nanosecond, or too long.
        const std::optional<Wide> fine = reading(text);
        FUZZ_CHECK(!fine || *fine < 1'000'000'000'000 || *fine / 1'000'000'000'000 >= longest ||
                   text.starts_with('.') || text.find_first_of("0123456789") == text.npos);
    }
    check_round_trip(nanoseconds(static_cast<std::int64_t>(Input(data, size).number() % longest)));
    return 0;
}
