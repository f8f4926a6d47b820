// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/replaced_file.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

using namespace mp3prof;
using namespace mp3prof::test;
namespace fs = std::filesystem;

TEST_CASE("a replaced file is another file each time, whole, and readable by all")
{
    const TemporaryFolder folder;
    const std::string path = folder.path("x.prom");
    ReplacedFile file(path);
    file.stream() << "one\n";
    REQUIRE(file.flush());
    std::ifstream reader(path); // has the old one open
    CHECK(fs::status(path).permissions() == fs::perms{0644});
    file.stream() << "two\n";
    REQUIRE(file.flush());
    std::string line;
    std::getline(reader, line);
    CHECK(line == "one");
    CHECK(folder.read("x.prom") == "two\n");
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("nothing to write leaves a replaced file as it is")
{
    const TemporaryFolder folder;
    const std::string path = folder.path("x.prom");
    ReplacedFile file(path);
    REQUIRE(file.flush());
    CHECK_FALSE(fs::exists(path));
}

TEST_CASE("what cannot be written is told, and leaves nothing behind")
{
    const TemporaryFolder folder;
    ReplacedFile nowhere(folder.path("no/x.prom"));
    nowhere.stream() << "one\n";
    const auto written = nowhere.flush();
    REQUIRE_FALSE(written);
    CHECK(written.error().message.find("no such file or directory") != std::string::npos);

    const std::string taken = folder.path("folder");
    fs::create_directory(taken);
    ReplacedFile file(taken);
    file.stream() << "one\n";
    CHECK_FALSE(file.flush());
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("only a file can be replaced, not a device or a pipe")
{
    const TemporaryFolder folder;
    CHECK(ReplacedFile::can_replace(folder.path("not-there")));
    CHECK_FALSE(ReplacedFile::can_replace("/dev/null"));
    const std::string pipe = folder.path("pipe");
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK_FALSE(ReplacedFile::can_replace(pipe));
}
