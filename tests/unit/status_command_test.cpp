// SPDX-License-Identifier: GPL-2.0-or-later
// The module's parser of /proc/mp3/status: the same source, compiled here.
#include "../../src/kernel/status_command.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace
{

std::optional<mp3_status_command> parse(std::string_view line)
{
    // No byte behind the line may be read: a copy of just its size.
    const std::vector<char> copy(line.begin(), line.end());
    mp3_status_command command{};
    if (!mp3_status_command_parse(copy.data(), copy.size(), &command)) {
        return std::nullopt;
    }
    return command;
}

} // namespace

TEST_CASE("status command: R and U with a PID")
{
    for (const std::string_view line : {"R 42", " R 42", "R\t42 ", "R   42\t", "R 0042"}) {
        CAPTURE(line);
        const auto command = parse(line);
        REQUIRE(command);
        CHECK(command->verb == MP3_STATUS_REGISTER);
        CHECK(command->pid == 42);
        CHECK_FALSE(command->follow);
    }
    const auto command = parse("U 7");
    REQUIRE(command);
    CHECK(command->verb == MP3_STATUS_UNREGISTER);
    CHECK(command->pid == 7);
}

TEST_CASE("status command: follow, and all")
{
    const auto command = parse("R 42 \t follow ");
    REQUIRE(command);
    CHECK(command->follow);
    CHECK(command->pid == 42);

    const auto all = parse("U *");
    REQUIRE(all);
    CHECK(all->verb == MP3_STATUS_UNREGISTER_ALL);
}

TEST_CASE("status command: a number beyond every PID is a number that none has")
{
    for (const std::string_view line :
         {"R 2147483647", "R 2147483648", "R 4294967297", "R 99999999999999999999999999999999"}) {
        CAPTURE(line);
        const auto command = parse(line);
        REQUIRE(command);
        CHECK(command->pid == INT_MAX);
    }
}

TEST_CASE("status command: anything else is refused whole")
{
    const std::vector<std::string> lines = {
        "",
        " ",
        "R",
        "U",
        "R ",
        "X 1",
        "r 1",
        "RR 1",
        "R1",
        "R -1",
        "R +1",
        "R 1x",
        "R 0x10",
        "R 1.0",
        "R *",
        "U * x",
        "U 1 follow",
        "R 1 follo",
        "R 1 fo",
        "R 1 follow follow",
        "R 1 followx",
        "R follow 1",
        "U **",
        "R 1\r",
        "R,1",
        std::string("R 1\0", 4),
        std::string("R\0001", 3),
        std::string("\0", 1),
    };
    for (const std::string& line : lines) {
        CAPTURE(line);
        CHECK_FALSE(parse(line));
    }
}
