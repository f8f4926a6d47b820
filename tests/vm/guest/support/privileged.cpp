// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/privileged.hpp"

#include "support/status.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>

namespace guest
{

static bool honours_powers(const char* directory)
{
    struct statvfs fs {
    };
    return statvfs(directory, &fs) == 0 && (fs.f_flag & (ST_NOSUID | ST_NOEXEC | ST_RDONLY)) == 0;
}

static bool write_copy(const std::string& path)
{
    const std::string program = read_text("/proc/self/exe");
    const Fd fd{open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700)};
    return fd && write_to(fd.get(), program) == static_cast<long>(program.size());
}

static bool empower(const char* path, Power power)
{
    if (power == Power::set_user)
        return chmod(path, 04755) == 0;
    if (power == Power::set_group)
        return chmod(path, 02755) == 0;
    vfs_cap_data data{};
    data.magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE;
    data.data[0].permitted = 1U << CAP_NET_RAW;
    return chmod(path, 0755) == 0 &&
           setxattr(path, "security.capability", &data, XATTR_CAPS_SZ_2, 0) == 0;
}

PrivilegedCopy::PrivilegedCopy(Power power)
{
    for (const char* directory : {"/tmp", "/var/tmp", "/run", "/"}) {
        if (!honours_powers(directory))
            continue;
        path_ = std::string{directory} + "/mp3-guest-powers-" + std::to_string(getpid());
        if (write_copy(path_) && empower(path_.c_str(), power))
            return;
        unlink(path_.c_str());
        path_.clear();
    }
}

PrivilegedCopy::~PrivilegedCopy()
{
    if (!path_.empty())
        unlink(path_.c_str());
}

int PrivilegedCopy::exec(const std::vector<std::string>& mode) const
{
    std::vector<char*> arguments{const_cast<char*>("mp3-guest-test"), const_cast<char*>("--child")};
    for (const auto& word : mode)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(path_.c_str(), arguments.data());
    return 127;
}

} // namespace guest
