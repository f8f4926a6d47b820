// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/regex.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;

TEST_CASE("a regex is an extended regular expression, anchored only where it says so")
{
    const auto regex = Regex::compile("^(nginx|php[0-9.]+)");
    REQUIRE(regex);
    CHECK(regex->matches("nginx: worker"));
    CHECK(regex->matches("php8.2-fpm"));
    CHECK_FALSE(regex->matches("my-nginx"));
    CHECK_FALSE(regex->matches(""));
    const Regex copy = *regex;
    CHECK(copy.matches("nginx"));
}

TEST_CASE("what is no expression is refused with the reason")
{
    const auto regex = Regex::compile("a[");
    REQUIRE_FALSE(regex);
    CHECK(regex.error().message.starts_with("'a[' is not a regular expression: "));
}
