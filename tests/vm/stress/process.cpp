// SPDX-License-Identifier: GPL-2.0-or-later
#include "process.hpp"

#include "judge.hpp"
#include "support/child.hpp"
#include "support/clock.hpp"
#include "support/load.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace stress
{

pid_t started(const char* call, pid_t pid)
{
    expect(call, error_of(pid), {EAGAIN});
    return pid;
}

pid_t start(const std::function<int()>& body)
{
    return started("fork", guest::spawn(body));
}

int finish(pid_t pid)
{
    return guest::reap(pid).status;
}

bool finish_if_over(pid_t pid)
{
    return waitpid(pid, nullptr, WNOHANG | __WALL) == pid;
}

void end(pid_t pid)
{
    if (pid <= 0)
        return;
    kill(pid, SIGKILL);
    finish(pid);
}

void nap_us(long microseconds)
{
    guest::sleep_until_ns(guest::now_ns() + static_cast<std::uint64_t>(microseconds) * 1000);
}

int exec_self(const char* mode, const char* word)
{
    const char* arguments[] = {"mp3-stress", "--child", mode, word, nullptr};
    execv("/proc/self/exe", const_cast<char**>(arguments));
    return 127;
}

// serve READY GO: says by a byte to READY that it runs, and ends at a byte from GO.
static int serve(const char* ready, const char* go)
{
    char byte = 0;
    const bool said = write(std::atoi(ready), &byte, 1) == 1;
    return said && read(std::atoi(go), &byte, 1) == 1 ? 0 : 1;
}

int run_child(int count, char** words)
{
    const std::string mode = words[0];
    if (mode == "touch" && count == 2)
        return guest::touch_pages(std::atol(words[1])) ? 0 : 1;
    if (mode == "serve" && count == 3)
        return serve(words[1], words[2]);
    return 2;
}

} // namespace stress
