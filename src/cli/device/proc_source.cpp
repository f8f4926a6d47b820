// SPDX-License-Identifier: GPL-2.0-or-later
#include "device/proc_source.hpp"

#include "format/units.hpp"
#include "rates/interval_grid.hpp"
#include "sys/clock.hpp"
#include "sys/wait.hpp"
#include "version.hpp"

namespace mp3prof
{

ProcSource::ProcSource(ProcWatch& watch) : watch_(watch)
{
    info_.min_interval = std::chrono::milliseconds(10);
    info_.max_interval = std::chrono::seconds(1);
    info_.default_interval = std::chrono::milliseconds(50);
    info_.version = version;
    info_.knows = {.switches = false, .throttling = false, .short_lives = false};
    figures_.interval = info_.default_interval;
    figures_.wish = figures_.interval;
}

Status ProcSource::set_interval(nanoseconds interval)
{
    if (interval < info_.min_interval) {
        return fail("cannot sample every {}: the shortest interval of /proc is {} (the module's is "
                    "1ms: mp3prof status)",
                    format_duration(interval), format_duration(info_.min_interval));
    }
    figures_.interval = std::max(tick_for(interval, info_.max_interval), info_.min_interval);
    figures_.wish = figures_.interval;
    // On from the last tick, if there was one.
    anchor_ = anchor_ == nanoseconds{} ? anchor_ : figures_.last_tick;
    passed_ = 0;
    return {};
}

// The grid begins when something is registered, as that of the module. That is no
// tick, but what the first one is counted from.
void ProcSource::begin_or_rest()
{
    if (watch_.size() == 0) {
        anchor_ = {};
    } else if (anchor_ == nanoseconds{}) {
        anchor_ = monotonic_now();
        passed_ = 0;
        figures_.last_tick = anchor_;
    }
}

void ProcSource::tick(nanoseconds now)
{
    const std::int64_t ended = (now - anchor_) / figures_.interval;
    figures_.missed_ticks += static_cast<std::uint64_t>(ended - passed_ - 1);
    passed_ = ended;
    figures_.last_tick = now;
    ++figures_.ticks;
    look_at(now);
}

void ProcSource::look_at(nanoseconds now)
{
    const nanoseconds begin = own_cpu_time();
    watch_.look(now);
    figures_.sampling += own_cpu_time() - begin;
}

Status ProcSource::look()
{
    look_at(monotonic_now());
    return {};
}

Result<Batch> ProcSource::wait(const Until& until, int wake_fd)
{
    for (;;) {
        begin_or_rest();
        std::optional<nanoseconds> next;
        if (watch_.size() > 0) {
            next = anchor_ + (passed_ + 1) * figures_.interval;
        }
        const nanoseconds never = nanoseconds::max();
        const nanoseconds end = std::min(next.value_or(never), until.deadline.value_or(never));
        TRY_ASSIGN(const bool woken,
                   wait_readable(-1, wake_fd, end == never ? std::nullopt : std::optional(end)));
        const nanoseconds now = monotonic_now();
        if (woken) {
            look_at(now); // who wakes us has seen something come to its end
        } else if (next && now >= *next) {
            tick(now);
        } else if (now < end) {
            continue; // a signal, which is told by `wake_fd`
        }
        if (woken || now >= until.not_before || watch_.size() == 0 ||
            now >= until.deadline.value_or(never)) {
            TRY_ASSIGN(Batch batch, drain());
            batch.woken = woken;
            return batch;
        }
    }
}

Result<Batch> ProcSource::drain()
{
    begin_or_rest();
    given_ = watch_.take();
    published_ += given_.size();
    figures_.tasks = static_cast<std::uint32_t>(watch_.size());
    figures_.follow_failed = watch_.follow_failed();
    return Batch{.samples = given_,
                 .missed = 0,
                 .published = published_,
                 .figures = figures_,
                 .now = monotonic_now(),
                 .woken = false};
}

} // namespace mp3prof
