// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/group_rules.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;

TEST_CASE("without rules each command is a group of its own, as text")
{
    const GroupRules rules;
    CHECK(rules.group_of("make") == "make");
    CHECK(rules.group_of("a\xff\n") == "a??");
    CHECK(rules.names().empty());
}

TEST_CASE("the first rule that matches is the one, anywhere in the name")
{
    GroupRules rules;
    REQUIRE(rules.add("web=^(nginx|php)"));
    REQUIRE(rules.add("all-p=p"));
    REQUIRE(rules.add("sign=[=]"));
    CHECK(rules.group_of("php-fpm") == "web");
    CHECK(rules.group_of("cpp") == "all-p");
    CHECK(rules.group_of("a=b") == "sign");
    CHECK(rules.group_of("make") == "other");
    CHECK(rules.names() == std::vector<std::string>{"web", "all-p", "sign"});
}

TEST_CASE("a rule that is none is refused with the reason")
{
    GroupRules rules;
    for (const char* rule : {"", "web", "=x", "web="}) {
        CAPTURE(rule);
        const Status added = rules.add(rule);
        REQUIRE_FALSE(added);
        CHECK(added.error().message.find("is not a group (write NAME=REGEX") != std::string::npos);
    }
    CHECK(rules.add("web=(a").error().message.starts_with("'(a' is not a regular expression: "));
    CHECK_FALSE(rules.add("w\xff=a"));
    CHECK(rules.names().empty());
}
