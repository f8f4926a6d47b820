// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/users.hpp"

#include "support/child.hpp"
#include "support/device.hpp"

#include <grp.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace guest
{

bool become(const User& user)
{
    const gid_t group = device_gid();
    return setgroups(user.in_device_group ? 1 : 0, &group) == 0 &&
           setresgid(user.gid, user.gid, user.gid) == 0 &&
           setresuid(user.uid, user.uid, user.uid) == 0;
}

int as(const User& user, const std::function<int()>& body)
{
    const Outcome outcome = reap(spawn([&] { return become(user) ? body() : 254; }));
    return WIFEXITED(outcome.status) ? WEXITSTATUS(outcome.status) : -1;
}

std::unique_ptr<Child> sleeper_of(const User& user)
{
    Gate ready;
    auto child = std::make_unique<Child>([&] {
        if (!become(user))
            return 1;
        ready.open();
        sleep_for_ever();
    });
    ready.wait();
    return child;
}

static bool keep_only(int capability)
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct kept[2]{};
    if (capability >= 0) {
        auto& word = kept[capability / 32];
        word.effective = word.permitted = 1U << (capability % 32);
    }
    return syscall(SYS_capset, &header, kept) == 0;
}

bool drop_capabilities()
{
    return keep_only(-1);
}

bool keep_only_perfmon()
{
    constexpr int cap_perfmon = 38;
    return keep_only(cap_perfmon);
}

} // namespace guest
