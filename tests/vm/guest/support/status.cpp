// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/status.hpp"

#include "support/fd.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

namespace guest
{

long write_to(int fd, std::string_view text)
{
    const ssize_t n = write(fd, text.data(), text.size());
    return n < 0 ? -errno : n;
}

long write_status(std::string_view text)
{
    const Fd fd{open(status_path, O_WRONLY | O_CLOEXEC)};
    if (!fd)
        return -errno;
    return write_to(fd.get(), text);
}

static int whole(long taken, std::size_t size)
{
    if (taken < 0)
        return static_cast<int>(-taken);
    return static_cast<std::size_t>(taken) == size ? 0 : EIO;
}

int command(std::string_view text)
{
    return whole(write_status(text), text.size());
}

int command_to(int fd, std::string_view text)
{
    return whole(write_to(fd, text), text.size());
}

int register_pid(pid_t pid)
{
    return command("R " + std::to_string(pid) + "\n");
}

int follow_pid(pid_t pid)
{
    return command("R " + std::to_string(pid) + " follow\n");
}

int unregister_pid(pid_t pid)
{
    return command("U " + std::to_string(pid) + "\n");
}

int unregister_all()
{
    return command("U *\n");
}

std::string read_text(const std::string& path)
{
    const Fd fd{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    std::string text;
    char buffer[4096];
    ssize_t n = 0;
    while (fd && (n = read(fd.get(), buffer, sizeof buffer)) > 0)
        text.append(buffer, static_cast<std::size_t>(n));
    return text;
}

int write_text(const std::string& path, std::string_view text)
{
    const Fd fd{open(path.c_str(), O_WRONLY | O_CLOEXEC)};
    if (!fd)
        return errno;
    return whole(write_to(fd.get(), text), text.size());
}

std::vector<pid_t> registered()
{
    std::istringstream lines{read_text(status_path)};
    std::vector<pid_t> pids;
    for (std::string line; std::getline(lines, line);) {
        const bool number =
            !line.empty() && line.find_first_not_of("0123456789") == std::string::npos;
        pids.push_back(number ? static_cast<pid_t>(std::atol(line.c_str())) : -1);
    }
    return pids;
}

bool is_registered(pid_t pid)
{
    const auto pids = registered();
    return std::find(pids.begin(), pids.end(), pid) != pids.end();
}

std::vector<long long> proc_stat(pid_t pid)
{
    const std::string text = read_text("/proc/" + std::to_string(pid) + "/stat");
    const auto end_of_comm = text.rfind(')');
    std::vector<long long> fields;
    if (end_of_comm == std::string::npos)
        return fields;
    std::istringstream in{text.substr(end_of_comm + 2)};
    std::string state;
    in >> state;
    fields.push_back(state[0]);
    for (long long value = 0; in >> value;)
        fields.push_back(value);
    return fields;
}

} // namespace guest
