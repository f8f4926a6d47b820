// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/read_all.hpp"

#include <cerrno>

#include <unistd.h>

namespace mp3prof
{

Result<std::string> read_all(int fd, const std::string& name)
{
    constexpr std::size_t step = std::size_t{64} << 10;
    std::string text;
    for (;;) {
        const std::size_t size = text.size();
        text.resize(size + step);
        const ssize_t got = ::read(fd, text.data() + size, step);
        text.resize(size + static_cast<std::size_t>(got > 0 ? got : 0));
        if (got == 0) {
            return text;
        }
        if (got < 0 && errno != EINTR) {
            return fail("cannot read {}: {}", name, errno_words(errno));
        }
    }
}

} // namespace mp3prof
