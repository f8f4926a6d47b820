// SPDX-License-Identifier: GPL-2.0-or-later
#include "command.hpp"

#include "figure.hpp"
#include "schedule.hpp"
#include "support/child.hpp"
#include "support/load.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench
{

// Its complaints are kept for who asks why it failed.
constexpr const char* complaints = "/tmp/complaints";

// With standard output and input as they are.
static int execute(const Words& words)
{
    std::vector<char*> arguments;
    for (const auto& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const rlimit many{65'536, 65'536};
    setrlimit(RLIMIT_NOFILE, &many);
    become_ordinary();
    dup2(open(complaints, O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    execv(arguments[0], arguments.data());
    return 127;
}

pid_t start(const Words& words)
{
    return guest::spawn([&] {
        dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
        return execute(words);
    });
}

static void read_all(int fd)
{
    become_ordinary();
    for (char bytes[65'536]; read(fd, bytes, sizeof(bytes)) > 0;)
        ;
}

pid_t start_on_terminal(const Words& words)
{
    const int outer = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    demand(outer >= 0 && grantpt(outer) == 0 && unlockpt(outer) == 0, "there are no terminals");
    const std::string inner{ptsname(outer)};
    guest::spawn([&] {
        read_all(outer);
        return 0;
    });
    const pid_t pid = guest::spawn([&] {
        setsid(); // so that the terminal becomes its own
        const int fd = open(inner.c_str(), O_RDWR);
        const winsize size{.ws_row = 50, .ws_col = 120, .ws_xpixel = 0, .ws_ypixel = 0};
        ioctl(fd, TIOCSWINSZ, &size);
        dup2(fd, STDIN_FILENO);
        dup2(fd, STDOUT_FILENO);
        setenv("TERM", "xterm", 1);
        return execute(words);
    });
    close(outer);
    return pid;
}

static bool ended(pid_t pid)
{
    siginfo_t info{};
    return waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT | WNOHANG) == 0 &&
           info.si_pid == pid;
}

std::uint64_t cost_to_the_end(pid_t pid, const std::function<void()>& meanwhile)
{
    while (!ended(pid))
        meanwhile();
    const guest::Outcome outcome = guest::reap(pid);
    if (!outcome.exited_with(0))
        std::system((std::string{"cat "} + complaints).c_str());
    demand(outcome.exited_with(0), "a program that failed");
    return static_cast<std::uint64_t>(guest::cpu_ns(outcome.usage));
}

void end(pid_t pid)
{
    kill(pid, SIGINT);
    guest::reap(pid);
}

bool present(const std::string& path)
{
    return access(path.c_str(), X_OK) == 0;
}

} // namespace bench
