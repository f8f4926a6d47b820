// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/watched_process.hpp"

#include "rates/usage.hpp"
#include "sys/clock.hpp"

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <utility>

#include <unistd.h>

namespace mp3prof
{

namespace
{

// As the module has it.
constexpr nanoseconds longest_silence = std::chrono::seconds(1);

std::uint64_t ns_of_ticks(std::uint64_t ticks)
{
    static const auto per_second = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
    return ticks / per_second * 1'000'000'000 + ticks % per_second * 1'000'000'000 / per_second;
}

std::uint64_t bytes_of_pages(std::uint64_t pages)
{
    static const auto page_size = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return pages * page_size;
}

// The kernel tells starts by the clock that goes on while the machine sleeps.
// What it has slept before the start is not known; all of it is taken off.
nanoseconds start_of(const ProcStat& stat)
{
    const auto since_boot = nanoseconds(static_cast<std::int64_t>(ns_of_ticks(stat.start_ticks)));
    return std::max(since_boot - time_asleep(), nanoseconds::zero());
}

bool differ(const Sample& a, const Sample& b)
{
    return a.minor_faults != b.minor_faults || a.major_faults != b.major_faults ||
           a.cpu_ns != b.cpu_ns || a.rss_bytes != b.rss_bytes || a.threads != b.threads;
}

} // namespace

tl::expected<WatchedProcess, int> WatchedProcess::begin(ProcProcess files, const Origin& origin,
                                                        const CpuClock& clock)
{
    const auto reading = files.read(clock);
    if (!reading) {
        return tl::unexpected<int>(reading.error());
    }
    const ProcStat& stat = reading->stat;
    if (origin.birth ? stat.ppid != origin.parent : stat.over()) {
        return tl::unexpected<int>(ESRCH);
    }
    WatchedProcess process(std::move(files));
    process.last_.pid = stat.pid;
    process.last_.ppid = stat.ppid;
    process.last_.start = start_of(stat);
    process.last_.stage = {.first = true, .followed = origin.birth};
    process.followed_ = origin.birth; // all that it has forked was forked since
    process.take(*reading);
    if (!origin.birth) {
        process.base_ = process.last_;
    }
    return process;
}

void WatchedProcess::take(const ProcProcess::Reading& reading)
{
    const ProcStat& stat = reading.stat;
    const std::uint64_t utime = ns_of_ticks(stat.utime_ticks);
    const std::uint64_t stime = ns_of_ticks(stat.stime_ticks);
    Sample next = last_;
    next.comm = stat.comm;
    next.minor_faults = stat.minor_faults;
    next.major_faults = stat.major_faults;
    next.cpu_ns = std::max(last_.cpu_ns, reading.cpu_ns.value_or(utime + stime));
    next.utime_ns = utime;
    next.stime_ns = stime;
    next.rss_bytes = bytes_of_pages(stat.rss_pages);
    next.threads = stat.threads;
    changed_ = changed_ || differ(next, last_);
    exact_cpu_ = reading.cpu_ns.has_value();
    last_ = next;
}

WatchedProcess::State WatchedProcess::look(const CpuClock& clock)
{
    const auto reading = files_.read(clock);
    if (reading) {
        take(*reading);
    }
    has_memory_ = reading && !reading->stat.over();
    if (has_memory_) {
        return State::alive;
    }
    return reading ? State::over : State::gone;
}

bool WatchedProcess::due(nanoseconds now) const
{
    return changed_ || now - recorded_at_ >= longest_silence;
}

Sample WatchedProcess::record(nanoseconds now, const Stage& stage)
{
    if (!has_memory_) {
        last_.rss_bytes = 0;
        last_.swap_bytes = 0;
    } else if (const auto status = files_.status()) { // or as it was
        last_.uid = status->uid;
        last_.swap_bytes = status->swap_bytes;
    }
    Sample record = last_;
    record.time = now;
    record.minor_faults = minus(last_.minor_faults, base_.minor_faults);
    record.major_faults = minus(last_.major_faults, base_.major_faults);
    record.cpu_ns = minus(last_.cpu_ns, base_.cpu_ns);
    record.utime_ns = minus(last_.utime_ns, base_.utime_ns);
    record.stime_ns = minus(last_.stime_ns, base_.stime_ns);
    record.stage |= stage;
    last_.stage.first = false;
    recorded_at_ = now;
    changed_ = false;
    return record;
}

void WatchedProcess::follow(ProcChildren& children)
{
    followed_ = true;
    static_cast<void>(new_children(children)); // those that it has are not new
}

std::vector<pid_t> WatchedProcess::new_children(ProcChildren& children)
{
    // Who has not run since has not forked. Neither count goes back.
    const std::uint64_t progress = last_.cpu_ns + last_.minor_faults;
    if (exact_cpu_ && std::exchange(progress_, progress) == progress) {
        return {};
    }
    std::vector<pid_t> now = children.of(files_, last_.threads);
    std::ranges::sort(now);
    std::vector<pid_t> fresh;
    std::ranges::set_difference(now, children_, std::back_inserter(fresh));
    children_ = std::move(now);
    return fresh;
}

} // namespace mp3prof
