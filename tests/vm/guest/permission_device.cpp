// SPDX-License-Identifier: GPL-2.0-or-later
// Who may open the device: the group, and those in the initial PID namespace.
#include "support/child.hpp"
#include "support/device.hpp"
#include "support/status.hpp"
#include "support/users.hpp"

#include <doctest/doctest.h>

#include <cerrno>

#include <fcntl.h>

using namespace guest;

namespace
{

int open_error()
{
    errno = 0;
    return open_device() ? 0 : errno;
}

} // namespace

TEST_SUITE("permission")
{

    TEST_CASE("the device is for root and the group, EACCES for others")
    {
        CHECK(open_error() == 0);
        CHECK(as(alice, open_error) == 0);
        CHECK(as(bob, open_error) == EACCES);
    }

    TEST_CASE("an ordinary member of the group reads ticks and wishes an interval")
    {
        EmptyRegistry empty;
        REQUIRE(register_pid(getpid()) == 0);
        CHECK(as(alice, [] {
                  const Fd fd = open_device();
                  return set_interval(fd.get(), 20'000'000) == 0 && read_ticks(fd.get()) > 0 ? 0
                                                                                             : 1;
              }) == 0);
    }

    TEST_CASE("everybody may see the list")
    {
        EmptyRegistry empty;
        REQUIRE(register_pid(getpid()) == 0);
        const pid_t self = getpid();
        CHECK(as(bob, [=] { return registered() == std::vector<pid_t>{self} ? 0 : 1; }) == 0);
    }
}
