// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/child.hpp"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace guest
{

pid_t spawn(const std::function<int()>& body)
{
    const pid_t pid = fork();
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    _exit(body());
}

bool Outcome::exited_with(int code) const
{
    return pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == code;
}

Outcome reap(pid_t pid)
{
    Outcome outcome;
    do
        outcome.pid = wait4(pid, &outcome.status, __WALL, &outcome.usage);
    while (outcome.pid < 0 && errno == EINTR);
    return outcome;
}

bool wait_zombie(pid_t pid)
{
    siginfo_t info{};
    int result = 0;
    do
        result = waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT | __WALL);
    while (result < 0 && errno == EINTR);
    return result == 0 && info.si_pid == pid;
}

Child::~Child()
{
    if (pid_ > 0 && !reaped_)
        kill_and_reap(SIGKILL);
}

Outcome Child::reap()
{
    reaped_ = true;
    return guest::reap(pid_);
}

Outcome Child::kill_and_reap(int signal)
{
    kill(pid_, signal);
    return reap();
}

Gate::Gate()
{
    int ends[2] = {-1, -1};
    if (pipe(ends) == 0) {
        read_end_ = Fd{ends[0]};
        write_end_ = Fd{ends[1]};
    }
}

void Gate::open() const
{
    const char byte = 0;
    while (write(write_end_.get(), &byte, 1) < 0 && errno == EINTR) {
    }
}

void Gate::wait() const
{
    char byte = 0;
    while (read(read_end_.get(), &byte, 1) < 0 && errno == EINTR) {
    }
}

void sleep_for_ever()
{
    for (;;)
        pause();
}

} // namespace guest
