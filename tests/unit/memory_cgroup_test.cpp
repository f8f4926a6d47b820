// SPDX-License-Identifier: GPL-2.0-or-later
#include "sys/memory_cgroup.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/wait.h>
#include <unistd.h>

using namespace mp3prof;

namespace
{

using Places = std::vector<CgroupPlace>;
constexpr auto v1 = CgroupPlace::Version::v1;
constexpr auto v2 = CgroupPlace::Version::v2;

} // namespace

TEST_CASE("of v2, our own cgroup comes first, then those above it")
{
    CHECK(cgroup_places("cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid 0 0\n",
                        "0::/user.slice/user-0.slice/session-1.scope\n") ==
          Places{{v2, "/sys/fs/cgroup/user.slice/user-0.slice/session-1.scope"},
                 {v2, "/sys/fs/cgroup/user.slice/user-0.slice"},
                 {v2, "/sys/fs/cgroup/user.slice"},
                 {v2, "/sys/fs/cgroup"}});
    CHECK(cgroup_places("none /c cgroup2 rw 0 0\n", "0::/\n") == Places{{v2, "/c"}});
}

TEST_CASE("of v1, it is our own cgroup of the memory controller")
{
    CHECK(cgroup_places("cgroup /c/cpu cgroup rw,cpu 0 0\n"
                        "cgroup /c/memory cgroup rw,relatime,memory 0 0\n"
                        "cgroup2 /c/unified cgroup2 rw 0 0\n",
                        "5:cpu:/x\n4:memory:/a/b:c\n0::/\n") ==
          Places{{v2, "/c/unified"}, {v1, "/c/memory/a/b:c"}});
}

TEST_CASE("where there are no cgroups there is no place")
{
    CHECK(cgroup_places("", "").empty());
    CHECK(cgroup_places("proc /proc proc rw 0 0\n", "nonsense\n").empty());
}

TEST_CASE("a cgroup takes a process in, and is gone with it")
{
    auto made = MemoryCgroup::make(std::uint64_t{64} << 20, 0);
    if (!made) {
        CHECK(made.error().message.find("cannot make a memory cgroup") == 0);
        MESSAGE("not shown here: " << made.error().message);
        return;
    }
    const std::string folder = made->folder();
    const pid_t child = ::fork();
    if (child == 0) {
        ::pause();
        ::_exit(0);
    }
    std::ofstream(made->procs_file()) << child << std::flush;
    pid_t in_it = 0;
    std::ifstream(made->procs_file()) >> in_it;
    CHECK(in_it == child);
    {
        const MemoryCgroup gone = std::move(*made);
    }
    int status = 0;
    CHECK(::waitpid(child, &status, 0) == child);
    CHECK(WTERMSIG(status) == SIGKILL);
    CHECK_FALSE(std::filesystem::exists(folder));
}

TEST_CASE("what a killed study with the same PID has left is taken over")
{
    const auto left = MemoryCgroup::make(std::uint64_t{64} << 20, 0);
    if (!left) {
        MESSAGE("not shown here: " << left.error().message);
        return;
    }
    const pid_t child = ::fork();
    if (child == 0) {
        ::pause();
        ::_exit(0);
    }
    std::ofstream(left->procs_file()) << child << std::flush;
    const auto made = MemoryCgroup::make(std::uint64_t{64} << 20, 0);
    int status = 0;
    CHECK(::waitpid(child, &status, 0) == child);
    CHECK(WTERMSIG(status) == SIGKILL);
    REQUIRE(made);
    CHECK(made->folder() == left->folder());
}
