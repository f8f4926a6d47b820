// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/proc_process.hpp"

#include <array>
#include <cerrno>
#include <ctime>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace mp3prof
{

std::optional<std::uint64_t> cpu_clock(pid_t pid)
{
    clockid_t clock = 0;
    timespec used{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &used) != 0) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(used.tv_sec) * 1'000'000'000 +
           static_cast<std::uint64_t>(used.tv_nsec);
}

tl::expected<std::string, int> read_proc_file(int folder, const char* name)
{
    const UniqueFd file(::openat(folder, name, O_RDONLY | O_CLOEXEC));
    if (!file) {
        return tl::unexpected<int>(errno);
    }
    std::string text;
    std::array<char, 4096> part{};
    ssize_t got = 0;
    while ((got = ::read(file.get(), part.data(), part.size())) > 0) {
        text.append(part.data(), static_cast<std::size_t>(got));
    }
    if (got < 0) {
        return tl::unexpected<int>(errno);
    }
    return text;
}

tl::expected<ProcProcess, int> ProcProcess::open(int proc, pid_t pid)
{
    UniqueFd folder(
        ::openat(proc, std::to_string(pid).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder) {
        return tl::unexpected<int>(errno == ENOENT ? ESRCH : errno);
    }
    UniqueFd stat(::openat(folder.get(), "stat", O_RDONLY | O_CLOEXEC));
    if (!stat) {
        return tl::unexpected<int>(errno == ENOENT ? ESRCH : errno);
    }
    return ProcProcess(pid, std::move(folder), std::move(stat));
}

tl::expected<ProcStat, int> ProcProcess::read_stat() const
{
    // Numbers of 20 digits in all 52 fields would fit.
    std::array<char, 2048> text{};
    const ssize_t got = ::pread(stat_.get(), text.data(), text.size(), 0);
    if (got <= 0) {
        return tl::unexpected<int>(got == 0 ? ESRCH : errno);
    }
    const auto stat = parse_stat({text.data(), static_cast<std::size_t>(got)});
    if (!stat) {
        return tl::unexpected<int>(EIO);
    }
    return *stat;
}

tl::expected<ProcProcess::Reading, int> ProcProcess::read(const CpuClock& clock) const
{
    // The clock goes by PID. That the process is still there afterwards says
    // that the PID was its own.
    Reading reading{.stat = {}, .cpu_ns = clock(pid_)};
    const auto stat = read_stat();
    if (!stat) {
        return tl::unexpected<int>(stat.error());
    }
    reading.stat = *stat;
    if (reading.stat.over()) { // all that it has ever used
        const auto last = clock(pid_);
        if (last && read_stat()) {
            reading.cpu_ns = last;
        }
    }
    return reading;
}

tl::expected<ProcStatus, int> ProcProcess::status() const
{
    const auto text = read_proc_file(folder_.get(), "status");
    if (!text) {
        return tl::unexpected<int>(text.error() == ENOENT ? ESRCH : text.error());
    }
    const auto status = parse_status(*text);
    if (!status) {
        return tl::unexpected<int>(text->empty() ? ESRCH : EIO);
    }
    return *status;
}

} // namespace mp3prof
