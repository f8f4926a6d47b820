// SPDX-License-Identifier: GPL-2.0-or-later
#include "setting.hpp"

#include "board.hpp"
#include "judge.hpp"
#include "support/classic.hpp"
#include "support/status.hpp"

#include <csignal>
#include <cstring>

#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stress
{

constexpr const char* pid_limit_path = "/proc/sys/kernel/pid_max";
constexpr const char* cgroup_root = "/tmp/stress-cgroup";
constexpr const char* cpu_path = "/sys/devices/system/cpu/cpu1/online";

static const Setting* current;

const Setting& setting()
{
    return *current;
}

Setting::Setting()
{
    current = this;
    // Orphans come to us, to be reaped at the end.
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const rlimit none{};
    setrlimit(RLIMIT_CORE, &none);
    limit_pids();
    make_cgroup();
    find_cpu();
    find_module();
    if (setuid_program_.path().empty())
        not_here("a directory where set-user-ID works; no such program execs");
}

Setting::~Setting()
{
    if (!old_pid_limit_.empty())
        guest::write_text(pid_limit_path, old_pid_limit_);
    if (!cpu_.empty() && guest::write_text(cpu_, "1") != 0)
        fail("CPU 1 does not come back");
    if (!cgroup_.empty() && (rmdir(cgroup_.c_str()) != 0 || umount(cgroup_root) != 0))
        fail("the cgroup does not go: %s", errno_name(errno));
    rmdir(cgroup_root);
}

void Setting::limit_pids()
{
    const std::string old = guest::read_text(pid_limit_path);
    if (guest::write_text(pid_limit_path, std::to_string(pid_limit)) == 0)
        old_pid_limit_ = old;
    else
        not_here("a pid_max that can be small; PIDs come back by clone3 only");
}

void Setting::make_cgroup()
{
    const std::string group = std::string{cgroup_root} + "/frozen";
    mkdir(cgroup_root, 0700);
    if (mount("none", cgroup_root, "cgroup2", 0, nullptr) == 0) {
        if (mkdir(group.c_str(), 0700) == 0 &&
            access((group + "/cgroup.freeze").c_str(), W_OK) == 0)
            cgroup_ = group;
        else
            umount(cgroup_root);
    }
    if (cgroup_.empty())
        not_here("a cgroup that freezes; only SIGSTOP does");
}

void Setting::find_cpu()
{
    if (access(cpu_path, W_OK) == 0)
        cpu_ = cpu_path;
    else
        not_here("a CPU 1 that can be taken offline");
}

void Setting::find_module()
{
    const std::string file = guest::beside_this_program("mp3.ko");
    if (access(file.c_str(), R_OK) == 0)
        module_ = file;
    else
        not_here("mp3.ko beside this program; it is not reloaded");
}

} // namespace stress
