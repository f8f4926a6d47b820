// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/namespace.hpp"

#include "support/child.hpp"
#include "support/skip.hpp"
#include "support/status.hpp"

#include <string>

#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace guest
{

int in_pid_namespace(const std::function<int()>& body)
{
    const Outcome outcome = reap(spawn([&] {
        if (unshare(CLONE_NEWPID) != 0)
            return no_namespaces;
        const Outcome inner = reap(spawn(body));
        return WIFEXITED(inner.status) ? WEXITSTATUS(inner.status) : 98;
    }));
    return WIFEXITED(outcome.status) ? WEXITSTATUS(outcome.status) : -1;
}

bool pid_namespaces()
{
    const bool yes = in_pid_namespace([] { return 0; }) != no_namespaces;
    if (!yes)
        skip("this kernel has no PID namespaces");
    return yes;
}

bool own_mounts()
{
    return unshare(CLONE_NEWNS) == 0 &&
           mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

int become_root_of_user_namespace()
{
    constexpr int went_wrong = 97;
    const std::string uid = std::to_string(geteuid());
    const std::string gid = std::to_string(getegid());
    if (unshare(CLONE_NEWUSER) != 0)
        return no_namespaces;
    prctl(PR_SET_DUMPABLE, 1); // who was root before does not own its files in /proc
    const bool mapped = write_text("/proc/self/setgroups", "deny") == 0 &&
                        write_text("/proc/self/uid_map", "0 " + uid + " 1") == 0 &&
                        write_text("/proc/self/gid_map", "0 " + gid + " 1") == 0;
    return mapped && geteuid() == 0 ? 0 : went_wrong;
}

} // namespace guest
