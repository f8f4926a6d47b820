// SPDX-License-Identifier: GPL-2.0-or-later
// Reading /proc/PID/stat of 1000 processes: opened each time, and kept open.
#include "figure.hpp"
#include "parts.hpp"
#include "schedule.hpp"
#include "support/clock.hpp"
#include "support/fd.hpp"
#include "troupe.hpp"

#include <functional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace bench
{

constexpr int processes = 1'000;

static double time_each(const std::function<bool(std::size_t)>& read_one)
{
    std::vector<std::uint64_t> taken;
    for (int round = 0; round < 5; ++round) {
        const std::uint64_t begin = guest::now_ns();
        for (std::size_t i = 0; i < processes; ++i)
            demand(read_one(i), "/proc/PID/stat cannot be read");
        taken.push_back(guest::now_ns() - begin);
    }
    return static_cast<double>(median(taken)) / processes;
}

void measure_proc(const Options&)
{
    const Troupe troupe{processes};
    const rlimit many{65'536, 65'536};
    setrlimit(RLIMIT_NOFILE, &many);
    std::vector<std::string> paths;
    std::vector<guest::Fd> kept;
    for (const pid_t pid : troupe.pids()) {
        paths.push_back("/proc/" + std::to_string(pid) + "/stat");
        kept.emplace_back(open(paths.back().c_str(), O_RDONLY | O_CLOEXEC));
    }
    char buffer[1024];
    const Directing directing;
    figure("proc.open", time_each([&](std::size_t i) {
               const guest::Fd fd{open(paths[i].c_str(), O_RDONLY | O_CLOEXEC)};
               return read(fd.get(), buffer, sizeof buffer) > 0;
           }));
    figure("proc.pread", time_each([&](std::size_t i) {
               return pread(kept[i].get(), buffer, sizeof buffer, 0) > 0;
           }));
}

} // namespace bench
