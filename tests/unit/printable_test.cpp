// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/printable.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;

TEST_CASE("text stays as it is")
{
    for (const char* text : {"", "make -j4", "h\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x90\xa7"}) {
        CHECK(printable(text) == text);
    }
}

TEST_CASE("control characters do not reach the terminal")
{
    CHECK(printable("a\033[31mb\n\x7f") == "a?[31mb??");
    CHECK(printable(std::string_view("\0x", 2)) == "?x");
}

TEST_CASE("nor do those that begin with a byte beyond ASCII")
{
    CHECK(printable("\xc2\x9b"
                    "2J") == "?2J"); // U+009B is ESC [ in one character
    CHECK(printable("\xc2\xa0") == "\xc2\xa0");
    CHECK(printable("\x9b"
                    "2J") == "?2J"); // and as a byte, for a terminal of eight bits
}

TEST_CASE("what is no UTF-8 is marked byte by byte")
{
    CHECK(printable("h\xc3") == "h?"); // cut off, as names are at 15 bytes
    CHECK(printable("\xc0\x8a") == "??");
    CHECK(printable("\xe0\x82\xac") == "???");
    CHECK(printable("\xed\xa0\x80") == "???");
    CHECK(printable("\xf4\x90\x80\x80") == "????");
    CHECK(printable("\xff\xc3\xa9") == "?\xc3\xa9");
}
