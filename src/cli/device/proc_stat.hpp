// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ring/process_name.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <sys/types.h>

namespace mp3prof
{

// What /proc/PID/stat has of a process (proc(5)); the counts are of all its
// threads, those that have ended included.
struct ProcStat {
    pid_t pid = 0;
    ProcessName comm;
    char state = '?';
    pid_t ppid = 0;
    std::uint64_t minor_faults = 0;
    std::uint64_t major_faults = 0;
    std::uint64_t utime_ticks = 0; // of sysconf(_SC_CLK_TCK)
    std::uint64_t stime_ticks = 0;
    std::uint32_t threads = 0;
    std::uint64_t start_ticks = 0; // CLOCK_BOOTTIME
    std::uint64_t rss_pages = 0;

    // It has ended, and only waits for its parent: its counts are final. A leader
    // among other threads may be a zombie while these go on.
    [[nodiscard]] bool over() const { return (state == 'Z' || state == 'X') && threads <= 1; }
};

// Nothing where the text is not one. The name may have any bytes in it, those
// that stand around it in the text as well.
[[nodiscard]] std::optional<ProcStat> parse_stat(std::string_view text);

// What only /proc/PID/status has.
struct ProcStatus {
    pid_t tgid = 0; // the process, where the PID is that of a thread
    uid_t uid = 0;  // the real one
    std::uint64_t swap_bytes = 0;
};

// Nothing where the text names no process. Who has no memory has none swapped.
[[nodiscard]] std::optional<ProcStatus> parse_status(std::string_view text);

// PIDs with anything between them: /proc/PID/task/TID/children.
template <class Take>
void for_each_pid(std::string_view text, const Take& take)
{
    std::uint64_t pid = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            pid = pid * 10 + static_cast<std::uint64_t>(c - '0');
            pid = pid > INT32_MAX ? 0 : pid;
        } else if (pid != 0) {
            take(static_cast<pid_t>(pid));
            pid = 0;
        }
    }
    if (pid != 0) {
        take(static_cast<pid_t>(pid));
    }
}

} // namespace mp3prof
