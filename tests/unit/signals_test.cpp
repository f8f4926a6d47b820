// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/signals.hpp"

#include <doctest/doctest.h>

#include <csignal>

#include <poll.h>

using namespace mp3prof;

namespace
{

bool readable(const Signals& signals)
{
    pollfd fd{.fd = signals.fd(), .events = POLLIN, .revents = 0};
    return ::poll(&fd, 1, 0) == 1;
}

bool is_default(int signal)
{
    struct sigaction now {
    };
    ::sigaction(signal, nullptr, &now);
    return now.sa_handler == SIG_DFL;
}

} // namespace

TEST_CASE("a caught signal makes the descriptor readable and is taken once")
{
    auto signals = Signals::make();
    REQUIRE(signals);
    signals->catch_these({SIGUSR1, SIGUSR2}, Repeat::always);
    CHECK_FALSE(readable(*signals));
    ::raise(SIGUSR1);
    CHECK(readable(*signals));
    CHECK(signals->take(SIGUSR1) == Sender::process);
    CHECK(signals->take(SIGUSR1) == Sender::none);
    CHECK(signals->take(SIGUSR2) == Sender::none);
    signals->clear();
    CHECK_FALSE(readable(*signals));
    ::raise(SIGUSR1);
    CHECK(signals->take(SIGUSR1) == Sender::process);
}

TEST_CASE("caught once: the second has its default effect")
{
    auto signals = Signals::make();
    signals->catch_these({SIGUSR1}, Repeat::once);
    ::raise(SIGUSR1);
    CHECK(signals->take(SIGUSR1) == Sender::process);
    CHECK(is_default(SIGUSR1));
}

TEST_CASE("afterwards all is as before")
{
    REQUIRE(is_default(SIGPIPE));
    {
        auto signals = Signals::make();
        CHECK_FALSE(is_default(SIGPIPE));
        signals->catch_these({SIGUSR1}, Repeat::always);
        signals->ignore({SIGUSR2});
        CHECK_FALSE(is_default(SIGUSR1));
        ::raise(SIGUSR2); // would end us
    }
    CHECK(is_default(SIGUSR1));
    CHECK(is_default(SIGUSR2));
    CHECK(is_default(SIGPIPE));
}

TEST_CASE("a signal that was blocked is caught all the same, and blocked again afterwards")
{
    sigset_t blocked{};
    ::sigemptyset(&blocked);
    ::sigaddset(&blocked, SIGUSR1);
    ::sigprocmask(SIG_BLOCK, &blocked, nullptr);
    {
        auto signals = Signals::make();
        signals->catch_these({SIGUSR1}, Repeat::always);
        ::raise(SIGUSR1);
        CHECK(signals->take(SIGUSR1) == Sender::process);
    }
    sigset_t now{};
    ::sigprocmask(SIG_UNBLOCK, &blocked, &now);
    CHECK(::sigismember(&now, SIGUSR1) == 1);
}
