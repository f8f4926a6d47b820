// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/wake_set.hpp"

#include <cerrno>

#include <sys/epoll.h>

namespace mp3prof
{

Result<WakeSet> WakeSet::of(std::initializer_list<int> fds)
{
    UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
    if (!epoll) {
        return fail("cannot make a set of descriptors: {}", errno_words(errno));
    }
    for (const int fd : fds) {
        epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
        if (::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event) < 0) {
            return fail("cannot wait for descriptor {}: {}", fd, errno_words(errno));
        }
    }
    return WakeSet(std::move(epoll));
}

} // namespace mp3prof
