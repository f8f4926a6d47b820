// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/proc_stat.hpp"
#include "sys/unique_fd.hpp"

#include <tl/expected.hpp>

#include <functional>
#include <optional>
#include <string>

namespace mp3prof
{

// CPU time of a process in nanoseconds, exact; nothing where the kernel does not
// tell. The answer is for whoever bears the PID now.
using CpuClock = std::function<std::optional<std::uint64_t>(pid_t)>;

// The kernel's: clock_getcpuclockid(3).
[[nodiscard]] std::optional<std::uint64_t> cpu_clock(pid_t pid);

// The contents of a file of /proc; an errno value otherwise. Nothing in it is
// ESRCH, as that of a process that is gone.
[[nodiscard]] tl::expected<std::string, int> read_proc_file(int folder, const char* name);

// A process in /proc, by descriptors that are kept: once it has been waited for,
// they give ESRCH, whoever bears its PID by then.
class ProcProcess
{
public:
    struct Reading {
        ProcStat stat;
        std::optional<std::uint64_t> cpu_ns; // exact, or nothing
    };

    // `proc` is the folder /proc. Errors are errno values.
    [[nodiscard]] static tl::expected<ProcProcess, int> open(int proc, pid_t pid);

    [[nodiscard]] tl::expected<Reading, int> read(const CpuClock& clock) const;
    [[nodiscard]] tl::expected<ProcStatus, int> status() const;

    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] int folder() const { return folder_.get(); }

private:
    ProcProcess(pid_t pid, UniqueFd folder, UniqueFd stat)
        : pid_(pid), folder_(std::move(folder)), stat_(std::move(stat))
    {
    }
    [[nodiscard]] tl::expected<ProcStat, int> read_stat() const;

    pid_t pid_;
    UniqueFd folder_;
    UniqueFd stat_;
};

} // namespace mp3prof
