// SPDX-License-Identifier: GPL-2.0-or-later
// read(), poll() and epoll() of the tick count have the habits of a timerfd.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/status.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace guest;

TEST_SUITE("ticks")
{

    TEST_CASE("read: EAGAIN when there is none, EINVAL for less than eight bytes")
    {
        EmptyRegistry empty;
        const Fd fd = open_device(O_NONBLOCK);
        while (read_ticks(fd.get()) > 0) {
        }
        CHECK(read_ticks(fd.get()) == -EAGAIN);
        unsigned char buffer[8];
        for (std::size_t size = 0; size < 8; ++size) {
            CAPTURE(size);
            errno = 0;
            // A read of nothing is settled by the kernel or the driver.
            const ssize_t n = read(fd.get(), buffer, size);
            CHECK((n == -1 && errno == EINVAL));
        }
    }

    TEST_CASE("read: eight bytes, also into a larger buffer")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        REQUIRE(register_pid(getpid()) == 0);
        unsigned char buffer[64];
        std::memset(buffer, 0xee, sizeof buffer);
        CHECK(read(fd.get(), buffer, sizeof buffer) == 8);
        std::uint64_t ticks = 0;
        std::memcpy(&ticks, buffer, sizeof ticks);
        CHECK(ticks >= 1);
        CHECK(ticks < 1000);
        for (std::size_t i = 8; i < sizeof buffer; ++i)
            CHECK(buffer[i] == 0xee);
    }

    TEST_CASE("read: a bad address is EFAULT")
    {
        EmptyRegistry empty;
        const Fd fd = open_device();
        REQUIRE(register_pid(getpid()) == 0);
        errno = 0;
        CHECK(read(fd.get(), bad_address(), 8) == -1);
        CHECK(errno == EFAULT);
    }

    TEST_CASE("read: blocks until a tick, and counts what passed")
    {
        EmptyRegistry empty;
        wait_for_standing_clock();
        const Fd fd = open_device();
        Mail<long long> mail;
        Child reader{[&] { return mail.send(read_ticks(fd.get())) ? 0 : 1; }};
        REQUIRE(eventually(
            [&] { return !proc_stat(reader.pid()).empty() && proc_stat(reader.pid())[0] == 'S'; }));
        REQUIRE(register_pid(getpid()) == 0);
        long long ticks = 0;
        REQUIRE(mail.receive(ticks));
        CHECK(ticks == 1);
        CHECK(reader.reap().exited_with(0));

        REQUIRE(wait_ticks(5));
        CHECK(read_ticks(fd.get()) >= 4);
    }

    TEST_CASE("read: a signal ends the wait with EINTR")
    {
        EmptyRegistry empty;
        wait_for_standing_clock(); // its last tick would end the wait, too
        const Fd fd = open_device();
        Child reader{[&] {
            struct sigaction action {
            };
            action.sa_handler = [](int) {};
            sigaction(SIGUSR1, &action, nullptr); // without SA_RESTART
            return read_ticks(fd.get()) == -EINTR ? 0 : 1;
        }};
        REQUIRE(eventually(
            [&] { return !proc_stat(reader.pid()).empty() && proc_stat(reader.pid())[0] == 'S'; }));
        kill(reader.pid(), SIGUSR1);
        CHECK(reader.reap().exited_with(0));
    }

    TEST_CASE("poll and epoll: readable after a tick, not after its read")
    {
        EmptyRegistry empty;
        const Fd fd = open_device(O_NONBLOCK);
        while (read_ticks(fd.get()) > 0) {
        }
        CHECK_FALSE(readable(fd.get(), 0));

        const Fd epoll{epoll_create1(EPOLL_CLOEXEC)};
        epoll_event wanted{};
        wanted.events = EPOLLIN;
        REQUIRE(epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd.get(), &wanted) == 0);
        epoll_event got{};
        CHECK(epoll_wait(epoll.get(), &got, 1, 0) == 0);

        REQUIRE(register_pid(getpid()) == 0);
        CHECK(readable(fd.get(), 60'000));
        CHECK(epoll_wait(epoll.get(), &got, 1, 60'000) == 1);
        CHECK((got.events & EPOLLIN) != 0);

        REQUIRE(unregister_all() == 0);
        REQUIRE(eventually([&] { return read_ticks(fd.get()) == -EAGAIN; }));
        CHECK_FALSE(readable(fd.get(), 0));
    }

    TEST_CASE("each open file counts for itself")
    {
        EmptyRegistry empty;
        const Fd first = open_device();
        const Fd second = open_device();
        REQUIRE(register_pid(getpid()) == 0);
        for (int i = 0; i < 4; ++i)
            CHECK(read_ticks(first.get()) > 0);
        CHECK(read_ticks(second.get()) >= 4);
    }

    TEST_CASE("readers of one descriptor share its ticks: none is counted twice, none is lost")
    {
        EmptyRegistry empty;
        wait_for_standing_clock();
        const Fd shared = open_device(O_NONBLOCK);
        const Fd whole = open_device(O_NONBLOCK);
        REQUIRE(set_interval(whole.get(), 1'000'000) == 0);
        const Mail<long long> counts;
        const auto count = [&] {
            long long sum = 0;
            for (const std::uint64_t end = now_ns() + 500'000'000; now_ns() < end;)
                sum += std::max(read_ticks(shared.get()), 0LL);
            return counts.send(sum) ? 0 : 1;
        };
        const pid_t pids[] = {spawn(count), spawn(count)};
        REQUIRE(register_pid(pids[0]) == 0);
        long long sum = 0;
        for (const pid_t pid : pids) {
            long long part = 0;
            CHECK(counts.receive(part));
            sum += part;
            CHECK(reap(pid).exited_with(0));
        }
        CHECK(unregister_all() == 0);
        wait_for_standing_clock();
        sum += std::max(read_ticks(shared.get()), 0LL);
        CHECK(sum > 0);
        CHECK(sum == read_ticks(whole.get()));
    }

    TEST_CASE("a tick wakes every reader")
    {
        EmptyRegistry empty;
        constexpr int readers = 8;
        std::vector<pid_t> pids;
        for (int i = 0; i < readers; ++i)
            pids.push_back(spawn([] {
                const Fd fd = open_device();
                return read_ticks(fd.get()) > 0 ? 0 : 1;
            }));
        REQUIRE(register_pid(getpid()) == 0);
        for (const pid_t pid : pids)
            CHECK(reap(pid).exited_with(0));
    }
}
