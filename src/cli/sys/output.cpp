// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/output.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace mp3prof
{

Status check_not_read(const std::string& output, std::span<const std::string> inputs)
{
    for (const std::string& input : inputs) {
        std::error_code ignored; // what is not there is not the same
        if (std::filesystem::equivalent(output, input, ignored)) {
            return fail("cannot write {}: it is what is to be read (take another name)", output);
        }
    }
    return {};
}

Result<Output> Output::open(const std::string& path, int standard_fd)
{
    if (path.empty() || path == "-") {
        const int fd = path.empty() ? standard_fd : STDOUT_FILENO;
        return Output({}, fd, fd == STDOUT_FILENO ? "standard output" : "standard error");
    }
    UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (!file) {
        return fail("cannot write {}: {}", path, errno_words(errno));
    }
    const int fd = file.get();
    return Output(std::move(file), fd, path);
}

Result<bool> Output::flush()
{
    const std::string text = std::move(text_).str(); // and leaves it empty
    std::string_view rest = text;
    while (!rest.empty()) {
        const ssize_t written = ::write(fd_, rest.data(), rest.size());
        if (written >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EPIPE) {
            return false;
        } else if (errno == EAGAIN) {
            // Made non-blocking by somebody who shares it, the command of `run`
            // for instance. EINTR is as good as room.
            pollfd room{.fd = fd_, .events = POLLOUT, .revents = 0};
            ::poll(&room, 1, -1);
        } else if (errno != EINTR) {
            return fail("cannot write {}: {}", name_, errno_words(errno));
        }
    }
    return true;
}

bool Output::is_terminal() const
{
    const char* term = std::getenv("TERM");
    const bool dumb = term != nullptr && std::string_view(term) == "dumb";
    return !dumb && ::isatty(fd_) == 1;
}

unsigned Output::terminal_lines() const
{
    winsize size{};
    if (!is_terminal() || ::ioctl(fd_, TIOCGWINSZ, &size) < 0) {
        return 0;
    }
    return size.ws_row;
}

} // namespace mp3prof
