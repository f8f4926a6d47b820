// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/standard_streams.hpp"

#include <initializer_list>

#include <fcntl.h>
#include <unistd.h>

namespace mp3prof
{

void fill_standard_streams()
{
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(fd, F_GETFD) < 0) {
            // The lowest number that is free is this one. Opened the wrong way
            // round, so that reading or writing is EBADF. Without a null device
            // the gap stays: no reason not to go on.
            const int mode = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
            [[maybe_unused]] const int filler = ::open("/dev/null", mode | O_CLOEXEC);
        }
    }
}

} // namespace mp3prof
