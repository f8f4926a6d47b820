// SPDX-License-Identifier: GPL-2.0-or-later
#include "interface.hpp"

#include "judge.hpp"
#include "support/device.hpp"
#include "support/status.hpp"

#include <cerrno>

#include <unistd.h>

namespace stress
{

bool command(const char* call, const std::string& line, std::initializer_list<int> expected)
{
    const Presence presence;
    return expect(call, guest::command(line), expected, presence);
}

bool may_register(const char* call, pid_t pid, bool follow)
{
    // ENOSPC: max_tasks is changed all the time.
    return command(call, "R " + std::to_string(pid) + (follow ? " follow" : ""), {EEXIST, ENOSPC});
}

void follow_self()
{
    may_register("register oneself, follow", getpid(), true);
}

guest::Fd open_device(int flags)
{
    const Presence presence;
    guest::Fd fd = guest::open_device(flags);
    expect("open the device", fd ? 0 : errno, {}, presence);
    return fd;
}

} // namespace stress
