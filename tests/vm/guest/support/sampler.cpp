// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/sampler.hpp"

#include "support/status.hpp"

#include <cstdlib>
#include <string>

#include <dirent.h>
#include <unistd.h>

namespace guest
{

static std::string proc_file(pid_t pid, const char* name)
{
    return "/proc/" + std::to_string(pid) + "/" + name;
}

SamplerThread::SamplerThread()
{
    DIR* proc = opendir("/proc");
    while (const dirent* entry = proc != nullptr ? readdir(proc) : nullptr) {
        const auto pid = static_cast<pid_t>(std::atol(entry->d_name));
        if (pid > 0 && read_text(proc_file(pid, "comm")) == "mp3_sampler\n")
            pid_ = pid;
    }
    if (proc != nullptr)
        closedir(proc);
}

std::optional<std::uint64_t> SamplerThread::by_schedstat() const
{
    const std::string text = read_text(proc_file(pid_, "schedstat"));
    if (text.empty())
        return std::nullopt;
    return std::strtoull(text.c_str(), nullptr, 10);
}

std::uint64_t SamplerThread::by_stat() const
{
    const auto fields = proc_stat(pid_);
    if (fields.size() < 13)
        return 0;
    return static_cast<std::uint64_t>(fields[14 - 3] + fields[15 - 3]) * clock_tick_ns();
}

std::uint64_t clock_tick_ns()
{
    return 1'000'000'000 / static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK));
}

} // namespace guest
