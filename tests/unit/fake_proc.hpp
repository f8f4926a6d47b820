// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/proc_watch.hpp"
#include "temporary_folder.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <unistd.h>

namespace mp3prof::test
{

// What a process of a made-up /proc is like. PIDs are beyond those of any kernel.
struct FakeProcess {
    pid_t pid = 0;
    pid_t ppid = 1;
    std::string comm = "work";
    char state = 'R';
    std::uint64_t minor_faults = 0;
    std::uint64_t major_faults = 0;
    std::uint64_t utime_ticks = 0;
    std::uint64_t stime_ticks = 0;
    std::uint32_t threads = 1;
    std::uint64_t start_ticks = 1000;
    std::uint64_t rss_pages = 10;
    std::uint64_t swap_kib = 0;
    std::vector<pid_t> children = {};
};

[[nodiscard]] inline std::string stat_text(const FakeProcess& process)
{
    return fmt::format("{} ({}) {} {} 5 5 0 -1 4194560 {} 91 {} 92 {} {} 93 94 20 0 {} 0 {} "
                       "3133440 {} 18446744073709551615 1 1 1 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0\n",
                       process.pid, process.comm, process.state, process.ppid, process.minor_faults,
                       process.major_faults, process.utime_ticks, process.stime_ticks,
                       process.threads, process.start_ticks, process.rss_pages);
}

[[nodiscard]] inline std::string status_text_of(const FakeProcess& process)
{
    return fmt::format("Name:\t{0}\nTgid:\t{1}\nPid:\t{1}\nUid:\t1000\t0\t0\t0\nVmSwap:\t{2:>8} "
                       "kB\n",
                       process.comm, process.pid, process.swap_kib);
}

// A tree like /proc, with processes that do what a test wants.
class FakeProc
{
public:
    FakeProc()
    {
        folder_.write("thread-self/children", "");
        std::filesystem::create_symlink(std::to_string(::getpid()), folder_.path("self"));
    }

    // It begins, or is like that now.
    void set(const FakeProcess& process) const
    {
        const std::string name = std::to_string(process.pid);
        folder_.write(name + "/stat", stat_text(process));
        folder_.write(name + "/status", status_text_of(process));
        std::string children;
        for (const pid_t child : process.children) {
            children += std::to_string(child) + " ";
        }
        folder_.write(fmt::format("{0}/task/{0}/children", name), children);
    }

    // Somebody has waited for it: open descriptors have nothing any more.
    void end(pid_t pid) const
    {
        const std::string name = std::to_string(pid);
        folder_.write(name + "/stat", "");
        std::filesystem::remove_all(folder_.path(name));
    }

    void write(const std::string& name, const std::string& text) const
    {
        folder_.write(name, text);
    }
    void drop(const std::string& name) const { std::filesystem::remove_all(folder_.path(name)); }

    std::map<pid_t, std::uint64_t> cpu_ns; // exact, where it is known

    [[nodiscard]] std::unique_ptr<ProcWatch> watch()
    {
        ProcWorld world{.path = folder_.path(), .clock = [this](pid_t pid) {
                            const auto at = cpu_ns.find(pid);
                            return at == cpu_ns.end() ? std::nullopt : std::optional(at->second);
                        }};
        return std::move(*ProcWatch::open(std::move(world)));
    }

private:
    TemporaryFolder folder_;
};

} // namespace mp3prof::test
