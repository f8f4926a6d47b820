// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/wait.hpp"

#include "sys/clock.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <poll.h>

namespace mp3prof
{

Result<bool> wait_readable(int fd, int wake_fd, std::optional<nanoseconds> deadline)
{
    std::array<pollfd, 2> fds{{{.fd = fd, .events = POLLIN, .revents = 0},
                               {.fd = wake_fd, .events = POLLIN, .revents = 0}}};
    timespec left{};
    if (deadline) {
        left = timespec_of(std::max(*deadline - monotonic_now(), nanoseconds::zero()));
    }
    if (::ppoll(fds.data(), fds.size(), deadline ? &left : nullptr, nullptr) < 0 &&
        errno != EINTR) {
        return fail("cannot wait for the next tick: {}", errno_words(errno));
    }
    return fds[1].revents != 0;
}

} // namespace mp3prof
