// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/output.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <array>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using namespace mp3prof;
using namespace mp3prof::test;

TEST_CASE("what is flushed is in the file, once")
{
    const TemporaryFolder folder;
    folder.write("out", "old text");
    auto output = Output::open(folder.path("out"), 1);
    REQUIRE(output);
    output->stream() << "one\n";
    CHECK(folder.read("out").empty());
    CHECK(*output->flush());
    CHECK(folder.read("out") == "one\n");
    output->stream() << "two\n";
    CHECK(*output->flush());
    CHECK(folder.read("out") == "one\ntwo\n");
    CHECK_FALSE(output->is_terminal());
    CHECK(output->terminal_lines() == 0);
}

TEST_CASE("a file that cannot be made is an error with its name")
{
    const auto output = Output::open("/no/such/folder/file", 1);
    REQUIRE_FALSE(output);
    CHECK(output.error().message == "cannot write /no/such/folder/file: no such file or directory");
}

TEST_CASE("a full disk is an error")
{
    auto output = Output::open("/dev/full", 1);
    REQUIRE(output);
    output->stream() << "text\n";
    const auto written = output->flush();
    REQUIRE_FALSE(written);
    CHECK(written.error().message == "cannot write /dev/full: no space left on device");
}

TEST_CASE("a closed pipe is the end, not an error")
{
    ::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    auto output = Output::open("", ends[1]);
    ::close(ends[0]);
    output->stream() << "text\n";
    const auto written = output->flush();
    REQUIRE(written);
    CHECK_FALSE(*written);
    ::close(ends[1]);
    ::signal(SIGPIPE, SIG_DFL);
}

TEST_CASE("a pipe that somebody has made non-blocking is waited for")
{
    constexpr std::size_t more_than_fits = 1 << 20;
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_NONBLOCK) == 0);
    REQUIRE(::fcntl(ends[0], F_SETFL, 0) == 0);
    std::size_t came = 0;
    std::thread reader([&] {
        std::array<char, 4096> piece{};
        for (ssize_t got = 1; got > 0; came += static_cast<std::size_t>(got)) {
            ::usleep(100);
            got = ::read(ends[0], piece.data(), piece.size());
        }
    });
    auto output = Output::open("", ends[1]);
    output->stream() << std::string(more_than_fits, 'x');
    const auto written = output->flush();
    ::close(ends[1]);
    reader.join();
    REQUIRE(written);
    CHECK(*written);
    CHECK(came == more_than_fits);
    ::close(ends[0]);
}
