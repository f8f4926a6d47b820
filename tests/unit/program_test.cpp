// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/program.hpp"
#include "sys/signals.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

struct Fixture {
    TemporaryFolder folder;
    Signals signals = Signals::make().value(); // as in the program, SIGPIPE is ignored

    Result<int> run(const std::vector<std::string>& words, std::string_view input)
    {
        const UniqueFd out(::open(folder.path("out").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600));
        return run_program(words, input, out.get());
    }
};

} // namespace

TEST_CASE("a program reads what it is given, and writes where it is told to")
{
    Fixture fixture;
    const std::string large(1 << 20, 'x'); // more than a pipe holds
    CHECK(fixture.run({"cat"}, large) == 0);
    CHECK(fixture.folder.read("out") == large);
}

TEST_CASE("its status is that of a shell")
{
    Fixture fixture;
    CHECK(fixture.run({"sh", "-c", "exit 7"}, "") == 7);
    CHECK(fixture.run({"sh", "-c", "kill -TERM $$"}, "") == 143);
    CHECK(fixture.run({"no-such-program-here"}, "") == 127);
}

TEST_CASE("a program that does not read to the end does not end us")
{
    Fixture fixture;
    CHECK(fixture.run({"true"}, std::string(1 << 20, 'x')) == 0);
}

TEST_CASE("SIGPIPE ends the program as it does from a shell")
{
    Fixture fixture;
    CHECK(fixture.run({"sh", "-c", "kill -PIPE $$"}, "") == 141);
}

TEST_CASE("a program is installed where PATH leads to it")
{
    CHECK(is_installed("sh"));
    CHECK_FALSE(is_installed("no-such-program-here"));
    const std::string path = std::getenv("PATH");
    ::setenv("PATH", "/nowhere::", 1);
    CHECK_FALSE(is_installed("sh"));
    ::unsetenv("PATH");
    CHECK_FALSE(is_installed("sh"));
    ::setenv("PATH", path.c_str(), 1);
}
