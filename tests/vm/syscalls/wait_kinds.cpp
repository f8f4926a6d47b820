// SPDX-License-Identifier: GPL-2.0-or-later
// Calls that wait for descriptors. Mostly a moment; for ever now and then, until
// a signal comes.
#include "kinds.hpp"

#include <cerrno>
#include <ctime>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace syscalls
{

namespace
{

int timeout_ms(Hand& hand)
{
    return hand.random().one_in(256) ? -1 : static_cast<int>(hand.random().below(4));
}

template <std::size_t n>
void make_entries(Hand& hand, pollfd (&entries)[n])
{
    for (pollfd& entry : entries)
        entry = {hand.descriptor(), static_cast<short>(hand.random().word()), 0};
}

long call_poll(Hand& hand)
{
    pollfd entries[4];
    make_entries(hand, entries);
    if (hand.random().one_in(16))
        return syscall(SYS_poll, hand.pointer(), hand.random().below(4), timeout_ms(hand));
    return poll(entries, hand.random().below(5), timeout_ms(hand));
}

long call_ppoll(Hand& hand)
{
    pollfd entries[4];
    make_entries(hand, entries);
    timespec time{hand.random().pick<time_t>({0, 0, 0, -1}),
                  static_cast<long>(hand.random().below(3'000'000))};
    return syscall(SYS_ppoll, entries, 1 + hand.random().below(4), &time, nullptr, 0);
}

long call_select(Hand& hand)
{
    fd_set sets[3];
    for (fd_set& set : sets) {
        FD_ZERO(&set);
        for (int i = 0; i < 3; ++i) {
            const int fd = hand.descriptor();
            if (fd >= 0 && fd < FD_SETSIZE)
                FD_SET(fd, &set);
        }
    }
    timeval time{0, static_cast<suseconds_t>(hand.random().below(3000))};
    const auto argument = [&](fd_set& set) -> void* {
        return hand.random().one_in(32) ? hand.pointer() : &set;
    };
    void* const read = argument(sets[0]);
    void* const write = argument(sets[1]);
    return syscall(SYS_select, hand.random().pick({64, 64, 1024, -1, 0}), read, write, &sets[2],
                   &time);
}

long call_epoll_create(Hand& hand)
{
    return hand.keep(Slot::other,
                     epoll_create1(static_cast<int>(hand.random().flags({O_CLOEXEC}))));
}

long call_epoll_ctl(Hand& hand)
{
    Random& random = hand.random();
    epoll_event event{};
    event.events = EPOLLIN | random.flags({EPOLLOUT, EPOLLET, EPOLLONESHOT, EPOLLEXCLUSIVE,
                                           EPOLLWAKEUP, EPOLLPRI, EPOLLRDHUP},
                                          4);
    void* argument = random.one_in(16) ? hand.pointer() : &event;
    return syscall(SYS_epoll_ctl, hand.descriptor(Slot::other), static_cast<int>(random.below(5)),
                   hand.descriptor(), argument);
}

long call_epoll_wait(Hand& hand)
{
    epoll_event events[4];
    void* argument = hand.random().one_in(16) ? hand.pointer() : events;
    return syscall(SYS_epoll_pwait, hand.descriptor(Slot::other), argument,
                   hand.random().pick({1, 4, 4, 0, -1}), timeout_ms(hand), nullptr, 8);
}

constexpr Kind kinds[] = {
    {"poll", 20, call_poll, {EINTR, EFAULT, EINVAL, ENOMEM}},
    {"ppoll", 10, call_ppoll, {EINTR, EFAULT, EINVAL, ENOMEM}},
    {"select", 10, call_select, {EINTR, EBADF, EFAULT, EINVAL, ENOMEM}},
    {"epoll_create", 5, call_epoll_create, {EMFILE, ENFILE, ENOMEM}},
    {"epoll_ctl",
     20,
     call_epoll_ctl,
     {EBADF, EEXIST, EINVAL, ELOOP, ENOENT, ENOMEM, ENOSPC, EPERM, EFAULT}},
    {"epoll_wait", 15, call_epoll_wait, {EBADF, EFAULT, EINTR, EINVAL}},
};

} // namespace

std::span<const Kind> wait_kinds()
{
    return kinds;
}

} // namespace syscalls
