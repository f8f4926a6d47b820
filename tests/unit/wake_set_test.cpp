// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/wake_set.hpp"

#include <doctest/doctest.h>

#include <array>

#include <poll.h>
#include <unistd.h>

using namespace mp3prof;

namespace
{

bool is_readable(int fd)
{
    pollfd wanted{.fd = fd, .events = POLLIN, .revents = 0};
    return ::poll(&wanted, 1, 0) == 1;
}

} // namespace

TEST_CASE("a set is readable while any of its descriptors is")
{
    std::array<int, 2> first{};
    std::array<int, 2> second{};
    REQUIRE(::pipe(first.data()) == 0);
    REQUIRE(::pipe(second.data()) == 0);
    const UniqueFd ends[] = {UniqueFd(first[0]), UniqueFd(first[1]), UniqueFd(second[0]),
                             UniqueFd(second[1])};
    const Result<WakeSet> set = WakeSet::of({first[0], second[0]});
    REQUIRE(set);
    CHECK_FALSE(is_readable(set->fd()));
    for (const auto& [reader, writer] : {first, second}) {
        char byte = 'x';
        REQUIRE(::write(writer, &byte, 1) == 1);
        CHECK(is_readable(set->fd()));
        REQUIRE(::read(reader, &byte, 1) == 1);
        CHECK_FALSE(is_readable(set->fd()));
    }
}

TEST_CASE("a descriptor that cannot be waited for is an error")
{
    CHECK(WakeSet::of({-1}).error().message ==
          "cannot wait for descriptor -1: bad file descriptor");
}
