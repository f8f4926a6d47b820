// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/users.hpp"

#include "support/child.hpp"
#include "support/device.hpp"
#include "support/status.hpp"

#include <cerrno>

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
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

static bool honours_setuid(const char* directory)
{
    struct statvfs fs {
    };
    return statvfs(directory, &fs) == 0 && (fs.f_flag & (ST_NOSUID | ST_NOEXEC | ST_RDONLY)) == 0;
}

SetuidCopy::SetuidCopy()
{
    for (const char* directory : {"/tmp", "/var/tmp", "/run", "/"}) {
        if (!honours_setuid(directory))
            continue;
        const std::string program = read_text("/proc/self/exe");
        path_ = std::string{directory} + "/mp3-guest-setuid-" + std::to_string(getpid());
        const Fd fd{open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700)};
        const bool done = fd &&
                          write(fd.get(), program.data(), program.size()) ==
                              static_cast<ssize_t>(program.size()) &&
                          fchmod(fd.get(), 04755) == 0;
        if (done)
            return;
        unlink(path_.c_str());
        path_.clear();
    }
}

SetuidCopy::~SetuidCopy()
{
    if (!path_.empty())
        unlink(path_.c_str());
}

int SetuidCopy::exec(const std::vector<std::string>& mode) const
{
    std::vector<char*> arguments{const_cast<char*>("mp3-guest-test"), const_cast<char*>("--child")};
    for (const auto& word : mode)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(path_.c_str(), arguments.data());
    return 127;
}

} // namespace guest
