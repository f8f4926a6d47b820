// SPDX-License-Identifier: GPL-2.0-or-later
// Descriptors that change hands: the opener's rights go with them, and no more.
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/device.hpp"
#include "support/history.hpp"
#include "support/namespace.hpp"
#include "support/ring.hpp"
#include "support/status.hpp"
#include "support/users.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>

using namespace guest;

namespace
{

// A socket pair over which descriptors go.
class Post
{
public:
    Post()
    {
        int ends[2] = {-1, -1};
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
        here_ = Fd{ends[0]};
        there_ = Fd{ends[1]};
    }

    bool send(int fd) const
    {
        Letter letter;
        cmsghdr* head = CMSG_FIRSTHDR(&letter.message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof fd);
        std::memcpy(CMSG_DATA(head), &fd, sizeof fd);
        return sendmsg(here_.get(), &letter.message, 0) == 1;
    }

    Fd receive() const
    {
        Letter letter;
        int fd = -1;
        if (recvmsg(there_.get(), &letter.message, MSG_CMSG_CLOEXEC) == 1)
            if (const cmsghdr* head = CMSG_FIRSTHDR(&letter.message))
                std::memcpy(&fd, CMSG_DATA(head), sizeof fd);
        return Fd{fd};
    }

    void burn()
    {
        here_.reset();
        there_.reset();
    }

private:
    struct Letter {
        char byte = 0;
        iovec piece{&byte, 1};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
        msghdr message{};

        Letter()
        {
            message.msg_iov = &piece;
            message.msg_iovlen = 1;
            message.msg_control = control;
            message.msg_controllen = sizeof control;
        }
        Letter(const Letter&) = delete;
        Letter& operator=(const Letter&) = delete;
    };

    Fd here_;
    Fd there_;
};

} // namespace

TEST_SUITE("attack")
{

    TEST_CASE("root gets no more out of a user's status file than the user")
    {
        EmptyRegistry empty;
        const auto hers = sleeper_of(alice);
        const auto his = sleeper_of(bob);
        const Post post;
        REQUIRE(as(bob, [&] {
                    const Fd fd{open(status_path, O_RDWR | O_CLOEXEC)};
                    return post.send(fd.get()) ? 0 : 1;
                }) == 0);
        const Fd fd = post.receive();
        REQUIRE(fd);
        const std::string her_name = std::to_string(hers->pid());
        CHECK(command_to(fd.get(), "R " + her_name) == EPERM);
        CHECK(command_to(fd.get(), "R " + std::to_string(getpid()) + " follow") == EPERM);
        CHECK(command_to(fd.get(), "R " + std::to_string(his->pid())) == 0);
        REQUIRE(register_pid(hers->pid()) == 0);
        CHECK(command_to(fd.get(), "U " + her_name) == EPERM);
        CHECK(command_to(fd.get(), "U *") == 0);
        CHECK(registered() == std::vector<pid_t>{hers->pid()});
    }

    TEST_CASE("a device that was sent into a PID namespace works, and opens no other")
    {
        if (!pid_namespaces())
            return;
        EmptyRegistry empty;
        REQUIRE(register_pid(getpid()) == 0);
        const pid_t self = getpid();
        const Post post;
        const Fd own = open_device();
        REQUIRE(post.send(own.get()));
        CHECK(in_pid_namespace([&] {
                  return as(alice, [&] {
                      const Fd fd = post.receive();
                      const RingMap map{fd.get()};
                      // Its sender showed it what the records bear: global PIDs, read-only.
                      if (!map.valid() || read_ticks(fd.get()) <= 0 || map.head() == 0)
                          return 1;
                      Reader reader{map, map.head() - 1};
                      const auto record = reader.next();
                      if (!record || record->pid != static_cast<__u32>(self))
                          return 2;
                      return set_interval(fd.get(), 20'000'000) == 0 && !open_device() ? 0 : 3;
                  });
              }) == 0);
    }

    TEST_CASE("a wish lives in a descriptor that is under way, and ends with it")
    {
        EmptyRegistry empty;
        const Fd watcher = open_device();
        const RingMap map{watcher.get()};
        REQUIRE(register_pid(getpid()) == 0);
        Post post;
        Fd sent = open_device();
        REQUIRE(set_interval(sent.get(), 20'000'000) == 0);
        REQUIRE(post.send(sent.get()));
        sent.reset();
        REQUIRE(wait_ticks(2));
        CHECK(map.figures().wish_ns == 20'000'000);
        post.burn();
        CHECK(
            eventually([&] { return map.figures().wish_ns == map.header().default_interval_ns; }));
    }
}
