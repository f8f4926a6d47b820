// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/listener.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;

TEST_CASE("an address is a host and a port")
{
    CHECK(*parse_listen_address("127.0.0.1:9423") == ListenAddress{"127.0.0.1", 9423});
    CHECK(*parse_listen_address("[::1]:0") == ListenAddress{"::1", 0});
    CHECK(*parse_listen_address(":80") == ListenAddress{"", 80});
    CHECK(*parse_listen_address("localhost:65535") == ListenAddress{"localhost", 65535});
    for (const char* text : {"127.0.0.1:9423", "[::1]:80", ":80"}) {
        CHECK(parse_listen_address(text)->text() == text);
    }
}

TEST_CASE("what is no address is refused with how to write one")
{
    for (const char* text : {"", "9423", "127.0.0.1", "127.0.0.1:", ":", "h:65536", "h:-1", "h:1x",
                             "::1:80", "[::1]", "[::1", "http://h:80", "[h]:80", "a b:1"}) {
        CAPTURE(text);
        const auto address = parse_listen_address(text);
        REQUIRE_FALSE(address);
        CHECK(address.error().message.find("(write 127.0.0.1:9423 or [::1]:9423)") !=
              std::string::npos);
    }
}

TEST_CASE("a listener has a port of its own, which is taken then")
{
    const auto listener = Listener::open({.host = "127.0.0.1", .port = 0});
    REQUIRE(listener);
    CHECK(listener->address.port != 0);
    const auto second = Listener::open(listener->address);
    REQUIRE_FALSE(second);
    CHECK(second.error().message.starts_with("cannot listen on " + listener->address.text() +
                                             ": address already in use (who has it: ss "));
}

TEST_CASE("an address that is not this machine's is refused")
{
    const auto listener = Listener::open({.host = "192.0.2.1", .port = 0}); // for documentation
    REQUIRE_FALSE(listener);
    CHECK(listener.error().message.find("this machine has no such address") != std::string::npos);
}
