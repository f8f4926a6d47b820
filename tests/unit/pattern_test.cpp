// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/pattern.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;

namespace
{

std::string words_of(std::string_view text)
{
    const auto pattern = parse_pattern(text);
    return pattern ? format_pattern(*pattern) : pattern.error().message;
}

std::string hindrance(std::string_view text, std::uint64_t size)
{
    const Status fine = check_pattern(parse_pattern(text).value(), size, 4096);
    return fine ? "" : fine.error().message;
}

} // namespace

TEST_CASE("patterns are read and written")
{
    for (const char* const text :
         {"random", "local", "seq", "stride:1", "stride:64K", "window:4M", "zipf:0.8", "zipf:2"}) {
        CHECK(words_of(text) == text);
    }
    CHECK(words_of("R") == "random");
    CHECK(words_of("L") == "local");
    CHECK(words_of("stride:4096") == "stride:4K");
    CHECK(words_of("stride:5000") == "stride:5000");
}

TEST_CASE("an unknown pattern is told what is known")
{
    for (const char* const text : {"", "r", "rand", ":1", "Random"}) {
        CHECK(words_of(text).find("is one of random, local, seq, stride:N, window:SIZE, zipf:S, "
                                  "or R or L") != std::string::npos);
    }
}

TEST_CASE("parameters are missing, stray or out of range")
{
    CHECK(words_of("stride") == "the pattern stride needs a parameter (write stride:64K)");
    CHECK(words_of("zipf") == "the pattern zipf needs a parameter (write zipf:0.8)");
    CHECK(words_of("R:1") == "the pattern R takes no parameter: 'R:1'");
    CHECK(words_of("stride:x") == "the size of stride: 'x' is not a size (write 512K, 64M or 1G)");
    CHECK(words_of("window:0").find("the size of window") == 0);
    for (const char* const text : {"zipf:", "zipf:x", "zipf:1e", "zipf:0.8 "}) {
        CHECK(words_of(text).find("is not a number") != std::string::npos);
    }
    for (const char* const text : {"zipf:0", "zipf:-1", "zipf:10.5", "zipf:inf", "zipf:nan"}) {
        CHECK(words_of(text).find("is not above 0 and at most 10") != std::string::npos);
    }
}

TEST_CASE("a pattern must fit into the memory")
{
    CHECK(hindrance("stride:4095", 4096).empty());
    CHECK(hindrance("stride:4K", 4096) == "a stride of 4K is not within the 4K of memory");
    CHECK(hindrance("window:4K", 4096).empty());
    CHECK(hindrance("window:8K", 4096) == "a window of 8K is larger than the 4K of memory");
    CHECK(hindrance("window:5000", 1 << 20) == "a window of 5000 is not in whole pages of 4K");
    CHECK(hindrance("zipf:1", 1).empty());
}
