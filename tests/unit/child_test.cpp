// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/child.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

Signals signals_for_test()
{
    auto signals = Signals::make();
    REQUIRE(signals);
    return std::move(*signals);
}

// What a child would have without us; the standard three at least.
int inheritable_descriptors()
{
    int count = 0;
    for (int fd = 0; fd < 1024; ++fd) {
        const int flags = ::fcntl(fd, F_GETFD);
        count += flags >= 0 && (flags & FD_CLOEXEC) == 0 ? 1 : 0;
    }
    return count;
}

Result<ChildEnd> run_to_end(const std::vector<std::string>& command, const Signals& signals)
{
    auto child = Child::fork_at_gate(command, signals);
    REQUIRE(child);
    CHECK(child->release() == 0);
    return child->wait();
}

} // namespace

TEST_CASE("a child runs nothing before its gate is opened")
{
    const TemporaryFolder folder;
    const Signals signals = signals_for_test();
    const std::string file = folder.path("made");
    auto child = Child::fork_at_gate({"touch", file}, signals);
    REQUIRE(child);
    ::usleep(20'000);
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK_FALSE(*child->has_ended());
    CHECK(child->release() == 0);
    CHECK(child->wait()->exit_status() == 0);
    CHECK(std::filesystem::exists(file));
}

TEST_CASE("an abandoned child ends without running")
{
    const TemporaryFolder folder;
    const Signals signals = signals_for_test();
    const std::string file = folder.path("made");
    auto child = Child::fork_at_gate({"touch", file}, signals);
    child->abandon();
    CHECK(child->wait());
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("a signal that comes at the gate is the command's, with its old effect")
{
    Signals signals = signals_for_test();
    signals.catch_these({SIGUSR1}, Repeat::always);
    auto child = Child::fork_at_gate({"sleep", "100"}, signals);
    REQUIRE(child);
    CHECK(::kill(child->pid(), SIGUSR1) == 0);
    ::usleep(20'000); // for a handler to swallow it
    CHECK(child->release() == 0);
    CHECK(child->wait()->exit_status() == 128 + SIGUSR1);
    CHECK(signals.take(SIGUSR1) == Sender::none);
}

TEST_CASE("the child has the signal mask of before")
{
    const TemporaryFolder folder;
    const std::string file = folder.path("mask");
    const std::vector<std::string> tell = {"sh", "-c",
                                           "exec grep SigBlk /proc/self/status > \"$0\"", file};
    sigset_t mask{};
    sigset_t before{};
    ::sigaddset(&mask, SIGUSR1);
    ::sigprocmask(SIG_SETMASK, &mask, &before);
    {
        Signals signals = signals_for_test();
        signals.catch_these({SIGUSR1}, Repeat::always);
        run_to_end(tell, signals);
    }
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    CHECK(folder.read("mask") == "SigBlk:\t0000000000000200\n");
}

TEST_CASE("words arrive as they are")
{
    const TemporaryFolder folder;
    const Signals signals = signals_for_test();
    const std::string file = folder.path("words");
    const auto end = run_to_end(
        {"sh", "-c", "printf '<%s>' \"$@\" > \"$0\"", file, "[a,b]", "", "x y", "--"}, signals);
    CHECK(end->exit_status() == 0);
    CHECK(folder.read("words") == "<[a,b]><><x y><-->");
}

TEST_CASE("the child has the signals of before, we keep ours")
{
    Signals signals = signals_for_test();
    signals.ignore({SIGINT, SIGQUIT}); // SIGPIPE is from the start
    CHECK(run_to_end({"sh", "-c", "kill -INT $$"}, signals)->exit_status() == 128 + SIGINT);
    CHECK(run_to_end({"sh", "-c", "kill -PIPE $$"}, signals)->exit_status() == 128 + SIGPIPE);
    struct sigaction now {
    };
    ::sigaction(SIGINT, nullptr, &now);
    CHECK((now.sa_handler == SIG_IGN));
}

TEST_CASE("no descriptor of ours leaks into the command")
{
    const TemporaryFolder folder;
    const Signals signals = signals_for_test();
    const std::string file = folder.path("fds");
    run_to_end({"sh", "-c", "ls /proc/self/fd | wc -l > \"$0\"", file}, signals);
    // One more: the folder that ls reads.
    CHECK(std::stoi(folder.read("fds")) == inheritable_descriptors() + 1);
}

TEST_CASE("the errno of exec comes back")
{
    const Signals signals = signals_for_test();
    auto child = Child::fork_at_gate({"/no/such/file"}, signals);
    CHECK(child->release() == ENOENT);
    CHECK(child->wait());
}

TEST_CASE("the end of a child has what the kernel charged to it")
{
    const Signals signals = signals_for_test();
    const auto end = run_to_end({"true"}, signals);
    CHECK(end->usage.ru_minflt > 0);
}
