// SPDX-License-Identifier: GPL-2.0-or-later
#include "temporary_folder.hpp"
#include "workload/work_memory.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace mp3prof;

namespace
{

constexpr std::uint64_t mib = 1 << 20;

std::string refusal(const std::string& path, std::optional<std::uint64_t> size)
{
    const auto memory = WorkMemory::file(path, size);
    return memory ? "" : memory.error().message;
}

void touch_ends(WorkMemory& memory)
{
    memory.touch(0, std::byte{1});
    memory.touch(memory.size() - 1, std::byte{1});
}

} // namespace

TEST_CASE("memory can be touched from end to end")
{
    for (const HugePages pages : {HugePages::never, HugePages::always}) {
        for (const std::uint64_t size : {std::uint64_t{1}, mib, 5 * mib + 1}) {
            auto memory = WorkMemory::anonymous(size, pages);
            REQUIRE(memory);
            CHECK(memory->size() == size);
            touch_ends(*memory);
        }
        auto blocks = WorkMemory::blocks(3 * mib, pages);
        REQUIRE(blocks);
        CHECK(blocks->size() == 3 * mib);
        touch_ends(*blocks);
    }
}

TEST_CASE("memory that is not to be had is an error")
{
    const auto memory = WorkMemory::anonymous(std::uint64_t{1} << 60, HugePages::never);
    REQUIRE_FALSE(memory);
    CHECK(memory.error().message == "cannot get 1.0E of memory: cannot allocate memory");
}

TEST_CASE("a file is read as far as it goes, and never changed")
{
    const test::TemporaryFolder folder;
    folder.write("data", std::string(10'000, 'x'));
    auto memory = WorkMemory::file(folder.path("data"), std::nullopt);
    REQUIRE(memory);
    CHECK(memory->size() == 10'000);
    touch_ends(*memory);
    CHECK(folder.read("data") == std::string(10'000, 'x'));
    CHECK(WorkMemory::file(folder.path("data"), 5000)->size() == 5000);
    CHECK(refusal(folder.path("data"), 10'001) ==
          "cannot map 9.8K of " + folder.path("data") + ": it has only 10000 bytes");
}

TEST_CASE("what is no file, or empty, or not there")
{
    const test::TemporaryFolder folder;
    folder.write("empty", "");
    CHECK(refusal(folder.path("empty"), std::nullopt) ==
          "cannot map " + folder.path("empty") + ": it is empty");
    CHECK(refusal(folder.path("none"), 1) ==
          "cannot open " + folder.path("none") + ": no such file or directory");
    CHECK(refusal(folder.path(), 1).find("it is not a regular file") != std::string::npos);
    REQUIRE(::mkfifo(folder.path("pipe").c_str(), 0600) == 0);
    CHECK(refusal(folder.path("pipe"), 1).find("it is not a regular file") != std::string::npos);
}

TEST_CASE("huge pages are there when the kernel says so")
{
    const test::TemporaryFolder folder;
    CHECK_FALSE(huge_page_bytes(folder.path()));
    folder.write("hpage_pmd_size", "2097152\n");
    folder.write("enabled", "always [madvise] never\n");
    CHECK(huge_page_bytes(folder.path()) == 2 * mib);
    folder.write("enabled", "always madvise [never]\n");
    CHECK_FALSE(huge_page_bytes(folder.path()));
}
