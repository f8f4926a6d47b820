// SPDX-License-Identifier: GPL-2.0-or-later
// Patterns of a workload: as written so read again, and those that fit stay
// inside the memory and touch no more than there is.
#include "fuzz.hpp"
#include "workload/access_stream.hpp"
#include "workload/expected_faults.hpp"

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

constexpr std::uint64_t page = 4096;

void check_walk(const Pattern& pattern, std::uint64_t size)
{
    const auto stream = make_stream(pattern, {size, page, 1, 1, 3});
    for (int i = 0; i < 64; ++i) {
        if (i % 16 == 0) {
            stream->begin_iteration();
        }
        const auto place = stream->next();
        FUZZ_CHECK(place && *place < size);
    }
    const double expected = expected_faults(pattern, {size, page, page, 16, 4, 3});
    const std::uint64_t pages = (size + page - 1) / page;
    FUZZ_CHECK(expected > 0 && expected <= static_cast<double>(pages) * (1 + 1e-9));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Result<Pattern> pattern = parse_pattern(text);
    if (!pattern) {
        FUZZ_CHECK(!pattern.error().message.empty());
        return 0;
    }
    const Result<Pattern> again = parse_pattern(format_pattern(*pattern));
    FUZZ_CHECK(again && again->walk == pattern->walk && again->bytes == pattern->bytes &&
               again->exponent == pattern->exponent);
    for (const std::uint64_t memory : {std::uint64_t{1}, page, 3 * page + 1, 1000 * page}) {
        if (check_pattern(*pattern, memory, page)) {
            check_walk(*pattern, memory);
        }
    }
    return 0;
}
