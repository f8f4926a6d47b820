// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands/command.hpp"
#include "commands/command_tail.hpp"

#include <CLI/CLI.hpp>
#include <doctest/doctest.h>

using namespace mp3prof;

namespace
{

using Words = std::vector<std::string>;

CommandTail split(const Words& words)
{
    CLI::App app;
    Selected selected;
    setup_run(app, selected);
    setup_record(app, selected);
    return split_command_tail(app, words);
}

} // namespace

TEST_CASE("the command begins behind --")
{
    const CommandTail tail = split({"run", "-i", "1s", "--", "make", "-j4", "--", "-i"});
    CHECK(tail.options == Words{"run", "-i", "1s"});
    CHECK(tail.command == Words{"make", "-j4", "--", "-i"});
}

TEST_CASE("or at the first word that is no option nor its value")
{
    CHECK(split({"run", "ls", "-l", "--help"}).command == Words{"ls", "-l", "--help"});
    CHECK(split({"run", "--no-follow", "ls"}).command == Words{"ls"});
    CHECK(split({"run", "-o", "ls", "cat"}).command == Words{"cat"});
    CHECK(split({"run", "-ols", "cat"}).command == Words{"cat"});
    CHECK(split({"run", "--output=ls", "cat"}).command == Words{"cat"});
    CHECK(split({"run", "--output", "ls", "cat"}).command == Words{"cat"});
    CHECK(split({"run", "-", "x"}).command == Words{"-", "x"});
    CHECK(split({"run", "status"}).command == Words{"status"});
}

TEST_CASE("words that a parser would take apart stay whole")
{
    const Words command = {"[", "[a,b]", "[ -f x ]", "", "{}", "%%", "\"q\""};
    Words words = {"run", "--"};
    words.insert(words.end(), command.begin(), command.end());
    CHECK(split(words).command == command);
}

TEST_CASE("unknown options are left to the parser")
{
    CHECK(split({"run", "--bogus", "ls"}).options == Words{"run", "--bogus"});
    CHECK(split({"run", "-o"}).options == Words{"run", "-o"});
}

TEST_CASE("other commands have no tail")
{
    const Words words = {"monitor", "--", "x"};
    CHECK(split(words).options == words);
    CHECK(split({}).options.empty());
}
