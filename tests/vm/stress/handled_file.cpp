// SPDX-License-Identifier: GPL-2.0-or-later
#include "handled_file.hpp"

#include "interface.hpp"
#include "judge.hpp"
#include "process.hpp"
#include "support/device.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stress
{

bool HandledFile::open(Random& random)
{
    constexpr int flags[] = {0, O_NONBLOCK, O_SYNC};
    fd_ = open_device(random.pick(flags));
    return static_cast<bool>(fd_);
}

void HandledFile::wish(Random& random) const
{
    const std::uint64_t ns = static_cast<std::uint64_t>(random.between(1, 1000)) * 1'000'000;
    // EINVAL: min_interval_us is changed all the time.
    expect("set the interval", guest::set_interval(fd_.get(), ns), {EINVAL, EBADF});
}

void HandledFile::read_anyhow(Random& random) const
{
    char buffer[64];
    void* const places[] = {buffer, buffer + 3, guest::bad_address(), nullptr};
    fcntl(fd_.get(), F_SETFL, O_NONBLOCK);
    const ssize_t n = ::read(fd_.get(), random.pick(places), random.below(sizeof buffer - 3));
    expect("read anyhow", error_of(n), {EAGAIN, EINVAL, EFAULT, EBADF});
}

void HandledFile::poll(Random& random) const
{
    const guest::Fd set{epoll_create1(EPOLL_CLOEXEC)};
    epoll_event event{EPOLLIN, {}};
    expect("epoll_ctl", error_of(epoll_ctl(set.get(), EPOLL_CTL_ADD, fd_.get(), &event)), {EBADF});
    pollfd entries[] = {{set.get(), POLLIN, 0}, {fd_.get(), POLLIN, 0}};
    expect("poll", error_of(::poll(entries, 2, static_cast<int>(random.below(5)))), {EINTR});
}

void HandledFile::duplicate()
{
    const int copy = fcntl(fd_.get(), F_DUPFD_CLOEXEC, 0);
    expect("dup", error_of(copy), {EBADF});
    fd_ = guest::Fd{copy};
}

namespace
{

// One byte, and room for a descriptor.
struct Message {
    Message()
    {
        header.msg_iov = &vector;
        header.msg_iovlen = 1;
        header.msg_control = control;
        header.msg_controllen = sizeof control;
    }
    char byte = 0;
    iovec vector{&byte, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr header{};
};

long send_fd(int socket, int fd)
{
    Message message;
    cmsghdr* const part = CMSG_FIRSTHDR(&message.header);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(CMSG_DATA(part), &fd, sizeof fd);
    return sendmsg(socket, &message.header, 0);
}

int receive_fd(int socket)
{
    Message message;
    int fd = -1;
    if (recvmsg(socket, &message.header, MSG_CMSG_CLOEXEC) == 1)
        std::memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message.header)), sizeof fd);
    return fd;
}

} // namespace

// The only reference is in the socket for a while, or ends with it.
void HandledFile::pass_on(Random& random)
{
    int ends[2];
    if (!fd_ || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return;
    const guest::Fd from{ends[0]};
    const guest::Fd to{ends[1]};
    expect("pass through a socket", error_of(send_fd(from.get(), fd_.get())));
    fd_.reset();
    if (random.one_in(2))
        fd_ = guest::Fd{receive_fd(to.get())};
    else
        open(random);
}

void HandledFile::give_to_child() const
{
    fcntl(fd_.get(), F_SETFL, O_NONBLOCK);
    const pid_t pid = start([this] {
        guest::read_ticks(fd_.get());
        return 0;
    });
    if (pid > 0)
        finish(pid);
}

void HandledFile::ask_nonsense(Random& random) const
{
    __u64 word = random.word();
    const auto request = static_cast<unsigned long>(
        _IOC(random.below(4), MP3_IOC_MAGIC, 2 + random.below(200), sizeof word));
    expect("ioctl of no meaning", error_of(ioctl(fd_.get(), request, &word)), {ENOTTY, EBADF});
}

void HandledFile::block() const
{
    fcntl(fd_.get(), F_SETFL, 0);
    for (;;)
        if (guest::read_ticks(fd_.get()) < 0)
            nap_us(1000);
}

} // namespace stress
