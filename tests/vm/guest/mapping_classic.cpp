// SPDX-License-Identifier: GPL-2.0-or-later
// The classic buffer: 128 pages, shared, readable and writable. And the module
// stays while anything of it is in use.
#include "support/device.hpp"
#include "support/mapping.hpp"
#include "support/ring.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/syscall.h>

using namespace guest;

namespace
{

constexpr int read_write = PROT_READ | PROT_WRITE;

std::size_t classic_size()
{
    return MP3_CLASSIC_PAGES * page_size();
}

int remove_module()
{
    errno = 0;
    return syscall(SYS_delete_module, "mp3", O_NONBLOCK) == 0 ? 0 : errno;
}

void check_refused_removal()
{
    const int error = remove_module();
    CHECK((error == EAGAIN || error == EBUSY || error == EWOULDBLOCK));
}

} // namespace

TEST_SUITE("mapping")
{

    TEST_CASE("the classic buffer: 128 pages, no page more")
    {
        const Fd fd = open_device();
        CHECK(map_error(fd.get(), classic_size(), read_write, MAP_SHARED, 0) == 0);
        CHECK(map_error(fd.get(), page_size(), read_write, MAP_SHARED, 0) == 0);
        CHECK(map_error(fd.get(), classic_size() + page_size(), read_write, MAP_SHARED, 0) ==
              EINVAL);
        CHECK(map_error(fd.get(), classic_size(), read_write, MAP_SHARED,
                        static_cast<off_t>(page_size())) == EINVAL);
    }

    TEST_CASE("the classic buffer: readable alone is possible, private is not")
    {
        const Fd fd = open_device();
        CHECK(map_error(fd.get(), classic_size(), PROT_READ, MAP_SHARED, 0) == 0);
        CHECK(map_error(fd.get(), classic_size(), read_write, MAP_PRIVATE, 0) == EINVAL);
        CHECK(map_error(fd.get(), classic_size(), PROT_READ, MAP_PRIVATE, 0) == EINVAL);
    }

    TEST_CASE("the classic buffer: two mappings are one memory")
    {
        const Fd first_fd = open_device();
        const Fd second_fd = open_device();
        const Mapped first{first_fd.get(), classic_size(), read_write, MAP_SHARED, 0};
        const Mapped second{second_fd.get(), classic_size(), read_write, MAP_SHARED, 0};
        REQUIRE(first.error == 0);
        REQUIRE(second.error == 0);
        auto* words = first.as<volatile long>();
        const auto* same = second.as<volatile long>();
        const std::size_t last = classic_size() / sizeof(long) - 1;
        const long before = words[last];
        words[last] = 12345;
        CHECK(same[last] == 12345);
        words[last] = before;
        CHECK(same[last] == -1);
    }

    TEST_CASE("the module cannot be removed while a descriptor is open")
    {
        Fd fd = open_device();
        REQUIRE(fd);
        check_refused_removal();
        const RingMap map{fd.get()};
        REQUIRE(map.valid());
        check_refused_removal();
        fd.reset(); // the mapping alone holds it
        check_refused_removal();
        CHECK(map.header().magic == MP3_MAGIC);
    }

    TEST_CASE("the module cannot be removed while the classic buffer is mapped")
    {
        Fd fd = open_device();
        const Mapped map{fd.get(), classic_size(), read_write, MAP_SHARED, 0};
        REQUIRE(map.error == 0);
        fd.reset();
        check_refused_removal();
    }
}
